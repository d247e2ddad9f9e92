// Models that take choices, attributes and entities from metadata of Dataverse.
import { describe, expect, it } from 'vitest';
import { readEntitySchema, readModelFile, resolveModel } from '../../server/src/formats/index.ts';
import type { Model } from '../../server/src/model/model.ts';
import { attribute, label, option, optionSet, page, uri } from './dataverse.ts';
import { fixture, shown } from './fixture.ts';

const rows = '{"value": [{"reason": 1, "reason@OData.Community.Display.V1.FormattedValue": "Seen"}, {"a_reason": 2, "a_reason@OData.Community.Display.V1.FormattedValue": "Other"}]}';

const metadata = page([
  {
    LogicalName: 'session', PrimaryIdAttribute: 'sessionid',
    Attributes: [
      attribute('Picklist', 'reason', { OptionSet: optionSet('session_reason', option(1, { 1033: 'One' }), option(2, { 1033: 'Two' })) }),
      attribute('MultiSelectPicklist', 'channels', { OptionSet: optionSet('channel', option(5, { 1033: 'Chat' })), DeprecatedVersion: '9' }),
      attribute('Boolean', 'isbilled', { OptionSet: { Name: 'session_isbilled', TrueOption: option(1, {}), FalseOption: option(0, {}) } }),
      attribute('String', 'subject'),
      attribute('Uniqueidentifier', 'sessionid'),
    ],
  },
  { LogicalName: 'part', Attributes: [attribute('String', 'known')] },
]);

/** Resolves a model file beside `metadata.json` and `rows.json`, and compares its findings with its carets. */
function check(text: string, more: Readonly<Record<string, string>> = {}): Model {
  const [file] = fixture(text);
  if (file === undefined) throw new Error('a fixture holds a file');
  const { raw, findings } = readModelFile(file.uri, file.text);
  if (raw === undefined) throw new Error('the file is a model');
  const files: ReadonlyMap<string, string> = new Map([[uri, metadata], ['file:///w/rows.json', rows], ...Object.entries(more).map(([name, it]) => [`file:///w/${name}`, it] as const)]);
  const resolved = resolveModel(raw, {
    model: () => ({ fault: 'not-found' }),
    entitySchema: (it) => (files.has(it) ? readEntitySchema(it, files.get(it) ?? '') : { fault: 'not-found' }),
  });
  expect(shown([...findings, ...(resolved.findings.get(file.uri) ?? [])], file.text)).toEqual(file.expected);
  return resolved.model;
}

const options = (model: Model, name: string): string => {
  const choice = model.choices.get(name);
  return choice === undefined ? 'none' : `${[...choice.options.values()].map((it) => `${it.value} ${it.label}`).join(', ')}${choice.partial === true ? ' ...' : ''}`;
};

describe('choices', () => {
  it('come from a file, by their name or another one', () => {
    const model = check(`
name: m
choices:
  session_reason: { import: metadata.json }
  why: { import: metadata.json, from: SESSION_reason, 2: Second }
`);
    expect([options(model, 'session_reason'), options(model, 'why')]).toEqual(['1 One, 2 Two', '1 One, 2 Second']);
    expect(model.choices.has('channel')).toBe(false);
  });

  it('that a file does not have are told at their name', () => {
    check(`
name: m
choices:
  session_raeson: { import: metadata.json }
  ^^^^^^^^^^^^^^ There is no choice in metadata.json named session_raeson. Did you mean session_reason?
  why: { import: metadata.json, from: chanel }
                                      ^^^^^^ There is no choice in metadata.json named chanel. Did you mean channel?
`);
  });

  it('of rows are those of a column, and there may be more codes', () => {
    const model = check(`
name: m
choices:
  session_reason: { import: rows.json }
  session_a_reason: { import: rows.json }
  why: { import: rows.json, from: reason }
  no: { import: rows.json }
  ^^ There is no choice in rows.json named no.
`);
    expect(['session_reason', 'session_a_reason', 'why'].map((it) => options(model, it))).toEqual(['1 Seen ...', '2 Other ...', '1 Seen ...']);
  });

  it('may say themselves that there are more codes', () => {
    const model = check(`
name: m
choices:
  seen: { partial: true, 1: One }
  all: { 1: One }
`);
    expect([options(model, 'seen'), options(model, 'all')]).toEqual(['1 One ...', '1 One']);
  });

  it('refuse what makes no sense', () => {
    check(`
name: m
choices:
  a: { partial: yes, 1: One }
                ^^^ Partial of choice a must be true; found the text yes.
  b: { 1: true }
          ^^^^ Option 1 of choice b must be text; found the text true.
  c: { import: true }
               ^^^^ Import of choice c must be the path of a file; found the text true.
`);
  });
});

describe('the files of a model', () => {
  it.each(['dataverse: metadata.json', 'dataverse: [metadata.json]', 'choices: { import: metadata.json }', 'dataverse: [rows.json, metadata.json]'])('%s', (key) => {
    const model = check(`name: m\n${key}\n`);
    expect([...model.entities?.keys() ?? []]).toEqual(['session', 'part']);
    expect(options(model, 'channel')).toBe('5 Chat');
    expect(model.files).toContain(uri);
  });

  it('tell together what each of them knows', () => {
    const attributes = page([{ LogicalName: 'queue', Attributes: [attribute('Uniqueidentifier', 'queueid'), attribute('Picklist', 'size', { DisplayName: label({ 1033: 'Size' }) })] }]);
    const picklists = page([attribute('Picklist', 'size', { EntityLogicalName: 'queue', DisplayName: null, OptionSet: optionSet('sizes', option(1, { 1033: 'Small' })) })]);
    const seen = '{"value": [{"sizes": 9, "sizes@OData.Community.Display.V1.FormattedValue": "Huge"}]}';
    for (const order of ['a.json, p.json, s.json', 's.json, p.json, a.json']) {
      const model = check(`name: m\ndataverse: [${order}]\n`, { 'a.json': attributes, 'p.json': picklists, 's.json': seen });
      const queue = model.entities?.get('queue');
      expect([queue?.partial, queue?.attributes.size, queue?.attributes.get('size')?.display, queue?.attributes.get('size')?.choice]).toEqual([undefined, 2, 'Size', 'sizes']);
      expect(options(model, 'sizes')).toBe('1 Small, 9 Huge');
    }
  });

  it('that are broken, or one page of several, are told where they are named', () => {
    check(`
name: m
dataverse: [none.json, bad.xml, paged.json]
            ^^^^^^^^^ The file none.json does not exist.
                       ^^^^^^^ bad.xml, line 2: The file cannot be read: missing end tag for element b.
                                ^^^^^^^^^^ paged.json is one page of several: it names a next page, whose rows are not here.
`, { 'bad.xml': '<a>\n<b></a>', 'paged.json': page([optionSet('x', option(1, {}))], 'GlobalOptionSetDefinitions', { '@odata.nextLink': 'https://x' }) });
  });
});

describe('columns that come from an attribute', () => {
  it('hold its choice', () => {
    const model = check(`
name: m
dataverse: metadata.json
tables:
  S:
    rows: []
    columns:
      Reason: { type: string, dataverse: session.reason }
      Other: { dataverse: Session.Reason, choice: channel }
      Channels: { dataverse: session.channels }
      Billed: { type: boolean, dataverse: session.isbilled }
      Flag: { dataverse: session.isbilled }
      Derived: { type: boolean, dataverse: session.reason }
      Subject: { dataverse: session.subject, deprecated: true }
`);
    const columns = [...model.tables.get('s')?.columns.values() ?? []].map((it) => `${it.name} ${it.choice ?? '-'}${it.multiSelect ? ' multi' : ''}${it.deprecated ? ' deprecated' : ''}`);
    expect(columns).toEqual(['Reason session_reason', 'Other channel', 'Channels channel multi deprecated', 'Billed -', 'Flag -', 'Derived -', 'Subject - deprecated']);
  });

  it('that its entity does not have are told', () => {
    check(`
name: m
dataverse: metadata.json
tables:
  S:
    rows: []
    columns:
      Reason: { dataverse: session.raeson }
      ^^^^^^ There is no attribute session.raeson. Did you mean session.reason?
      Id: { dataverse: session.sessionid }
      Part: { dataverse: part.anything }
      Else: { dataverse: elsewhere.anything }
`);
  });

  it('make entities known in part', () => {
    const model = check(`
name: m
dataverse: metadata.json
tables:
  S:
    rows: []
    columns:
      A: { dataverse: queue.name }
      B: { dataverse: Queue.size, choice: channel, multiSelect: true }
      C: { dataverse: part.more }
      D: { dataverse: session.reason }
`);
    expect([...model.entities?.values() ?? []].map((it) => `${it.name}: ${[...it.attributes.values()].map((one) => `${one.name}${one.choice === undefined ? '' : ` ${one.choice}`}`).join(', ')}${it.partial === true ? ' ...' : ''}`)).toEqual([
      'session: reason session_reason, channels channel, isbilled session_isbilled, subject, sessionid', 'part: known, more ...', 'queue: name, size channel ...',
    ]);
  });
});
