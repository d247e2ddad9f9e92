// The rules of the bot's sessions, changed one at a time: an expectation notices each change.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, expect, it } from 'vitest';
import { createNodeFiles } from '../../server/src/host/node/files.ts';
import { createWorkspace, runExpectations } from '../../server/src/workspace/index.ts';
import { engineOver } from './sample.ts';

const root = path.resolve(import.meta.dirname, '../../samples/billed-sessions');
const folder = `${pathToFileURL(root).href}/`;
const model = readFileSync(path.join(root, 'billed.daxmodel.yaml'), 'utf8');
const workspace = createWorkspace({ host: { files: createNodeFiles([folder]), engine: engineOver(folder), now: () => 0 }, folders: [folder] });
afterAll(() => workspace.dispose());

let version = 0;
const setModel = (text: string): void => workspace.setText({ uri: `${folder}billed.daxmodel.yaml`, languageId: 'yaml', version: ++version, text });
afterEach(() => setModel(model));

/** Expectations that do not hold. */
async function failing(): Promise<number> {
  const results = [...await runExpectations(workspace, `${folder}billed.dax`), ...await runExpectations(workspace, `${folder}analytics.dax`)];
  return results.filter((result) => !result.passed).length;
}

it('none is broken as they are', async () => {
  expect(await failing()).toBe(0);
});

it.each([
  ['BilledSession', 'idle: 30m', 'idle: 1799s'], ['BilledSession', 'idle: 30m', 'idle: 1801s'], ['BilledSession', 'idleFrom: user', 'idleFrom: any'],
  ['BilledSession', 'maxLength: 60m', 'maxLength: 3599s'], ['BilledSession', 'maxLength: 60m', 'maxLength: 3601s'], ['BilledSession', 'maxTurns: 100', 'maxTurns: 99'],
  ['BilledSession', 'maxTurns: 100', 'maxTurns: 101'], ['BilledSession', 'afterCut: message', 'afterCut: trigger'], ['BilledSession', 'endWhen: Message[Event] = "end"', 'endWhen: FALSE'],
  ['BilledSession', 'maxTurns: 100', 'maxTurns: 100\n      preamble: attach'], ['BilledSession', 'maxTurns: 100', 'maxTurns: 100\n      whenBoth: first'],
  ['BilledSession', ' || Message[Skill]', ''], ['BilledSession', 'NOT ISBLANK ( Message[Connector] ) || ', ''], ['BilledSession', 'Message[TopicKind] = "user" || ', ''],
  ['BilledSession', ' && Message[Event] = "message"', ''], ['BilledSession', 'BilledSession[Extension], "Billed session"', 'FALSE, "Billed session"'],
  ['BilledSession', '= "Teams"', '<> ""'], ['BilledSession', '&& NOT BilledSession[PremiumFlow]', ''], ['BilledSession', 'RELATED ( Conversation[IsTestChat] )', 'FALSE'],
  ['BilledSession', 'BilledSession[Flow], "Billed session"', 'FALSE, "Billed session"'], ['BilledSession', 'BilledSession[UserTopic], "Billed session"', 'FALSE, "Billed session"'],
  ['Visit', 'idle: 30m', 'idle: 1799s'], ['Visit', 'idle: 30m', 'idle: 1801s'],
  ['AnalyticsSession', 'idle: 30m', 'idle: 1799s'], ['AnalyticsSession', 'idle: 30m', 'idle: 1801s'], ['AnalyticsSession', 'idle: 30m', 'idle: 30m\n      maxLength: 60m'],
  ['AnalyticsSession', 'endWhen: Message[Event] = "handoff"', 'endWhen: FALSE'], ['AnalyticsSession', 'Message[Event] = "handoff" || ', ''], ['AnalyticsSession', ' || Message[Topic] = "Escalate"', ''],
  ['AnalyticsSession', 'Message[Answer] = "yes" || ', ''], ['AnalyticsSession', 'Score: { last:', 'Score: { max:'], ['AnalyticsSession', ' || AnalyticsSession[LastWord] = "asked"', ''],
])('%s: %s → %s', async (table, from, to) => {
  const at = model.indexOf(from, model.indexOf(`\n  ${table}:\n`));
  expect(at).toBeGreaterThan(0);
  setModel(model.slice(0, at) + to + model.slice(at + from.length));
  const broken = await failing();
  expect(await workspace.findings(`${folder}billed.daxmodel.yaml`)).toEqual([]);
  expect(broken).toBeGreaterThan(0);
});
