// Metadata of Dataverse in a workspace: the language of labels, and choices of which only some codes are known.
import { describe, expect, it } from 'vitest';
import { checkFiles } from '../support/lint.ts';
import { openFixture, uriOf } from '../support/workspace.ts';
import { attribute, option, optionSet, page } from '../formats/dataverse.ts';

const metadata = page([{
  LogicalName: 'session', PrimaryIdAttribute: 'sessionid',
  Attributes: [
    attribute('Uniqueidentifier', 'sessionid'),
    attribute('Picklist', 'reason', { OptionSet: optionSet('session_reason', option(192350000, { 1033: 'Default', 1031: 'Standard' }), option(192350001, { 1033: 'AgentReject', 1031: 'Abgelehnt' })) }),
  ],
}]).replaceAll('\n', '');

const files = (labels: string): string => `
//- /dax-metrics.json
{ "labels": { "language": ${labels} } }
//- /m.daxmodel.yaml
name: m
dataverse: metadata.json
tables:
  Session:
    rows: [{ Reason: "192350001" }]
    columns: { Reason: { type: string, dataverse: session.reason } }
//- /m.dax
M = CALCULATE(COUNTROWS(Session), Session[Reason] = "192350001")
//- /metadata.json
${metadata}
`;

describe('labels', () => {
  it.each([['"de-DE"', 'Abgelehnt'], ['1031', 'Abgelehnt'], ['"de"', 'Abgelehnt'], ['"en"', 'AgentReject'], ['"fr-FR"', 'AgentReject']])('in the language %s', async (language, label) => {
    const { workspace } = await openFixture(files(language));
    const [view] = await workspace.models();
    expect(view?.model.choices.get('session_reason')?.options.get('192350001')?.label).toBe(label);
    expect(view?.model.files).toContain(uriOf('/metadata.json'));
  });

  it('follow the project file and the metadata', async () => {
    const { workspace, write } = await openFixture(files('"en"'));
    const now = async (): Promise<string | undefined> => (await workspace.models())[0]?.model.choices.get('session_reason')?.options.get('192350001')?.label;
    expect(await now()).toBe('AgentReject');
    write('/dax-metrics.json', '{ "labels": { "language": "de" } }');
    expect(await now()).toBe('Abgelehnt');
    write('/metadata.json', metadata.replace('Abgelehnt', 'Zurückgewiesen'));
    expect(await now()).toBe('Zurückgewiesen');
  });

  it('in a language that there is not are refused', async () => {
    await checkFiles(`
//- /dax-metrics.json
{ "labels": { "language": "German" } }
                          ^^^^^^^^ error[model-invalid-value]: Language in labels must be a language such as en-US, de or 1033; found the text German.
`);
  });
});

describe('a choice of which some codes are known', () => {
  const model = (partial: string): string => `
//- /m.daxmodel.yaml
name: m
tables:
  Session:
    rows: [{ Reason: 1 }, { Reason: 2 }]
    columns: { Reason: { type: int64, choice: why } }
choices:
  why: { ${partial}1: One, 2: Two }
`;

  it('may have any other', async () => {
    await checkFiles(`${model('partial: true, ')}
//- /m.dax
A = CALCULATE(COUNTROWS(Session), Session[Reason] = 3)
B = CALCULATE(COUNTROWS(Session), Session[Reason] IN { 1, 2 })
C = SUMX(Session, SWITCH(Session[Reason], 1, 1, 3, 2))
`);
  });

  it('or none, when all are known', async () => {
    await checkFiles(`${model('')}
//- /m.dax
A = CALCULATE(COUNTROWS(Session), Session[Reason] = 3)
                                                    ^ error[unknown-code]: 3 is no code of Session[Reason] (why).
`);
  });
});
