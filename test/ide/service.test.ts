// The service as an editor drives it: settings, late values, texts that change.
import { describe, expect, it } from 'vitest';
import { createLanguageService, type LanguageServiceControl } from '../../server/src/ide/service.ts';
import { defaultSettings, type Settings } from '../../server/src/ide/settings.ts';
import { openFixture, uriOf } from '../support/workspace.ts';
import { contact } from './contact.ts';
import { impatient, patient } from './open.ts';

const metrics = `Rejected = CALCULATE(COUNTROWS(FactSession), FactSession[Reason] = "192350001")`;
const uri = uriOf('/metrics.dax');
const everything = { start: 0, end: 10_000 };

async function serviceFor(settings: Settings, delay = patient): Promise<LanguageServiceControl> {
  const { workspace } = await openFixture(`${contact}//- /metrics.dax\n${metrics}`);
  return createLanguageService({ workspace: () => workspace, settings: () => Promise.resolve(settings), delay });
}

const labels = async (service: LanguageServiceControl): Promise<readonly string[]> =>
  (await service.inlayHints(uri, everything)).map((it) => it.label);

describe('hints', () => {
  it.each([
    [true, true, ['= 2', 'AgentReject']],
    [true, false, ['= 2']],
    [false, true, ['AgentReject']],
    [false, false, []],
  ])('with values %s and labels %s are %j', async (values, codeLabels, shown) => {
    const service = await serviceFor({ ...defaultSettings, values: { enabled: values, compareWithSaved: true }, codeLabels: { enabled: codeLabels } });
    expect(await labels(service)).toEqual(shown);
  });

  it('are those of the visible part', async () => {
    const service = await serviceFor(defaultSettings);
    expect(await service.inlayHints(uri, { start: 0, end: 5 })).toEqual([]);
  });

  it('that come late are told of, and there when asked again', async () => {
    const service = await serviceFor(defaultSettings, impatient);
    const late = new Promise<void>((resolve) => service.onLateValues(resolve));
    expect(await labels(service)).toEqual(['= …', 'AgentReject']);
    await late;
    expect(await labels(service)).toEqual(['= 2', 'AgentReject']);
  });

  it('follow a metric in another file', async () => {
    const service = await serviceFor(defaultSettings);
    const causes: string[] = [];
    service.onDidChange((cause) => causes.push(cause));
    service.open({ uri: uriOf('/base.dax'), languageId: 'dax', version: 1, text: 'Base = 1' });
    service.open({ uri, languageId: 'dax', version: 1, text: 'Twice = 2 * [Base]' });
    expect(await labels(service)).toEqual(['= 2']);
    service.change({ uri: uriOf('/base.dax'), languageId: 'dax', version: 2, text: 'Base = 5' });
    expect(causes).toEqual(['text', 'text', 'text']);
    expect(await labels(service)).toEqual(['= 10']);
  });
});

it('what was asked for has ended when all is settled', async () => {
  const service = await serviceFor(defaultSettings, impatient);
  expect(await labels(service)).toEqual(['= …', 'AgentReject']);
  await service.settled();
  expect(await labels(service)).toEqual(['= 2', 'AgentReject']);
});
