// Metadata of Dataverse: answers of the Web API, rows with formatted values, customizations of a solution.
import { describe, expect, it } from 'vitest';
import { readEntitySchema } from '../../server/src/formats/index.ts';
import { languageCode } from '../../server/src/model/language.ts';
import { attribute, choicesText, entitiesText, faults, label, option, optionSet, page, read, uri } from './dataverse.ts';
import { within } from '../support/within.ts';

const reason = optionSet('session_reason', option(192350000, { 1033: 'Default', 1031: 'Standard' }), option(192350001, { 1033: 'AgentReject', 1031: 'Abgelehnt' }));

describe('definitions of entities', () => {
  const entity = {
    LogicalName: 'session', DisplayName: label({ 1033: 'Session', 1031: 'Sitzung' }), PrimaryIdAttribute: 'sessionid', PrimaryNameAttribute: 'subject', EntitySetName: 'sessions',
    Attributes: [
      attribute('Uniqueidentifier', 'sessionid'),
      attribute('Picklist', 'reason', { OptionSet: reason, GlobalOptionSet: null }),
      attribute('Picklist', 'channel', { OptionSet: null, GlobalOptionSet: optionSet('streamsource', option(1, { 1033: 'Chat' })) }),
      attribute('MultiSelectPicklist', 'channels', { AttributeType: 'Virtual', AttributeTypeName: { Value: 'MultiSelectPicklistType' }, OptionSet: { Name: 'streamsource' } }),
      attribute('State', 'statecode', { OptionSet: { ...optionSet('session_statecode', { ...option(0, { 1033: 'Open' }), DefaultStatus: 1 }), '@odata.type': '#Microsoft.Dynamics.CRM.StateOptionSetMetadata' } }),
      attribute('Status', 'statuscode', { OptionSet: optionSet('session_statuscode', { ...option(4, { 1033: 'Wrap-up (Deprecated)' }), State: 0 }) }),
      attribute('Boolean', 'isbilled', { OptionSet: { Name: 'session_isbilled', TrueOption: option(1, { 1033: 'Yes' }), FalseOption: option(0, { 1033: 'No' }), OptionSetType: 'Boolean' } }),
      attribute('String', 'why', { MaxLength: 100 }),
      attribute('Lookup', 'queueid', { Targets: ['queue', 'team'] }),
      attribute('DateTime', 'closedon', { DeprecatedVersion: '9.1.0.0' }),
      attribute('Integer', 'time', { DisplayName: label({ 1033: 'Time [Deprecated]' }) }),
    ],
  };

  it('give entities, attributes and choices', () => {
    const schema = read(page([entity]));
    expect(schema.findings).toEqual([]);
    expect(entitiesText(schema)).toEqual([
      'session "Session": sessionid Uniqueidentifier, reason Picklist <session_reason>, channel Picklist <streamsource>, channels MultiSelectPicklist <streamsource> multi, ' +
      'statecode State <session_statecode>, statuscode Status <session_statuscode>, isbilled Boolean <session_isbilled>, why String(100), queueid Lookup -> queue, team, ' +
      'closedon DateTime deprecated, time Integer deprecated, subject String',
    ]);
    expect(choicesText(schema)).toEqual([
      'session_reason: 192350000 Default, 192350001 AgentReject', 'streamsource: 1 Chat', 'session_statecode: 0 Open', 'session_statuscode: 4 Wrap-up (Deprecated) (deprecated)',
      'session_isbilled: 0 No, 1 Yes',
    ]);
    expect(schema.entities.get('session')).toMatchObject({ primaryId: 'sessionid', primaryName: 'subject' });
  });

  it('may be one alone', () => {
    const alone = JSON.stringify({ '@odata.context': 'x', ...entity });
    expect(entitiesText(read(alone))).toEqual(entitiesText(read(page([entity]))));
    expect(entitiesText(read(`\ufeff${alone}`))).toEqual(entitiesText(read(alone)));
  });

  it('lead to the place of a name and of a code', () => {
    const text = page([entity]);
    const schema = read(text);
    const at = (place: { readonly uri: string; readonly span: { readonly start: number; readonly end: number } } | undefined): string => (place?.uri === uri ? text.slice(place.span.start, place.span.end) : 'nowhere');
    expect(at(schema.entities.get('session')?.attributes.get('why')?.place)).toBe('"why"');
    expect(at(schema.choices.get('session_reason')?.options.get('192350001')?.place)).toBe('192350001');
    expect(at(schema.choices.get('session_reason')?.place)).toBe('"session_reason"');
  });

  it('without attributes, or with some of them, are known in part', () => {
    expect(entitiesText(read(page([{ ...entity, Attributes: [] }])))).toEqual(['session "Session": sessionid Uniqueidentifier, subject String ...']);
    expect(entitiesText(read(page([{ ...entity, Attributes: [attribute('String', 'a'), attribute('Picklist', 'b')] }])))).toEqual(['session "Session": a String, b Picklist, sessionid Uniqueidentifier, subject String ...']);
    const paged = read(page([{ ...entity, 'Attributes@odata.nextLink': 'https://next' }]));
    expect([paged.more, paged.entities.get('session')?.partial]).toEqual([true, true]);
  });
});

describe('attributes of one entity', () => {
  const picklists = page(
    [attribute('Picklist', 'reason', { OptionSet: reason })], "EntityDefinitions('session')/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata(LogicalName,OptionSet())",
  );

  it('of one type are some of its attributes', () => {
    expect(entitiesText(read(picklists))).toEqual(['session: reason Picklist <session_reason> ...']);
    expect(choicesText(read(picklists))).toEqual(['session_reason: 192350000 Default, 192350001 AgentReject']);
  });

  it('of all types are all', () => {
    const all = [attribute('Uniqueidentifier', 'sessionid'), attribute('String', 'a', { EntityLogicalName: 'session' })];
    expect(entitiesText(read(page(all, "EntityDefinitions('session')/Attributes(LogicalName,AttributeType)")))).toEqual(['session: sessionid Uniqueidentifier, a String']);
    expect(entitiesText(read(page(all, "EntityDefinitions(LogicalName='session')/Attributes", { '@odata.nextLink': 'https://next' })))).toEqual(['session: sessionid Uniqueidentifier, a String ...']);
  });

  it('may be one alone', () => {
    expect(entitiesText(read(JSON.stringify(attribute('Picklist', 'reason', { EntityLogicalName: 'session', OptionSet: optionSet(undefined, option(1, { 1033: 'One' })) }))))).toEqual(['session: reason Picklist <session_reason> ...']);
  });

  it('and other answers stand in one list', () => {
    const schema = read(`[${picklists}, ${page([attribute('Boolean', 'isbilled', { EntityLogicalName: 'session' })])}, ${page([optionSet('colours', option(1, { 1033: 'Red' }))])}]`);
    expect(entitiesText(schema)).toEqual(['session: reason Picklist <session_reason>, isbilled Boolean ...']);
    expect(schema.choices.has('colours')).toBe(true);
  });
});

describe('definitions of global choices', () => {
  const text = page([
    { ...optionSet('colours', option(1, { 1033: 'Red', 1031: 'Rot' }), option(-2, { 3079: 'Grün', 1036: 'Vert' }), option(3, {})), DisplayName: label({ 1033: 'Colours (deprecated)' }) },
    { '@odata.type': '#Microsoft.Dynamics.CRM.BooleanOptionSetMetadata', Name: 'yesno', TrueOption: option(1, { 1033: 'Yes' }), FalseOption: option(0, { 1033: 'No' }) },
  ], 'GlobalOptionSetDefinitions');

  it.each([
    [undefined, 'colours (deprecated): 1 Red, -2 Vert, 3 3'],
    [1033, 'colours (deprecated): 1 Red, -2 Vert, 3 3'],
    [1031, 'colours (deprecated): 1 Rot, -2 Grün, 3 3'],
    [2055, 'colours (deprecated): 1 Rot, -2 Grün, 3 3'],
    [1036, 'colours (deprecated): 1 Red, -2 Vert, 3 3'],
  ])('have labels in the language %s', (language, expected) => {
    expect(choicesText(read(text, language))).toEqual([expected, 'yesno: 0 No, 1 Yes']);
  });
});

describe('languages', () => {
  it.each([
    ['1031', 1031], ['de-DE', 1031], ['de', 1031], ['DE_at', 3079], ['en', 1033], ['en-GB', 2057], ['en-XX', 1033], ['zh', 2052], ['pt', 1046], ['pt-PT', 2070], ['nb', 1044], ['no', 1044], ['xx', undefined], ['', undefined],
    ['German', undefined], ['1', undefined],
  ])('%s is %s', (tag, code) => {
    expect(languageCode(tag)).toBe(code);
  });

  it('that share a stem and no words do not stand in for each other', () => {
    const both = page([optionSet('s', option(1, { 1033: 'One', 2074: 'Jedan' }))]);
    expect(choicesText(read(both, 1050))).toEqual(['s: 1 One']);
    expect(choicesText(read(both, 2074))).toEqual(['s: 1 Jedan']);
  });
});

describe('rows with formatted values', () => {
  const display = '@OData.Community.Display.V1.FormattedValue';
  const rows = (...list: readonly object[]): string => JSON.stringify({ '@odata.context': 'https://x/$metadata#sessions', value: list });

  it('give the labels of the codes that were seen', () => {
    const schema = read(rows(
      { reason: 192350001, [`reason${display}`]: 'AgentReject', channels: '1,2', [`channels${display}`]: 'Chat; Voice call', note: 'x' },
      { reason: 192350000, [`reason${display}`]: 'Default', channels: null },
      { reason: 192350001, [`reason${display}`]: 'AgentReject', channels: '2', [`channels${display}`]: 'Voice call' },
    ));
    expect(choicesText(schema)).toEqual(['reason: 192350000 Default, 192350001 AgentReject ...', 'channels: 1 Chat, 2 Voice call ...']);
    expect([schema.ofRows, schema.entities.size, schema.findings]).toEqual([true, 0, []]);
  });

  it.each([
    ['numbers', [1234, '1,234'], [5, '5']], ['money', [1234, '$1,234.00'], [5, 'CHF 5.00']], ['durations', [120, '2 hours'], [5, '5 minutes']], ['days', ['2025-01-01', '1/1/2025'], ['2025-01-02', '1/2/2025']],
    ['lookups', ['00aa', 'Anna'], ['00bb', 'Ben']], ['booleans', [true, 'Yes'], [false, 'No']], ['two texts for one number', [1, 'One'], [1, 'Eins']], ['fractions', [1.5, 'one and a half'], [2.5, 'more']],
  ] as const)('take %s for no codes', (_, [a, textOfA], [b, textOfB]) => {
    expect(choicesText(read(rows({ c: a, [`c${display}`]: textOfA }, { c: b, [`c${display}`]: textOfB })))).toEqual([]);
  });

  it('that break off say where', () => {
    const text = `{"value": [\n{"c": 1, "c${display}": "One"},\n{"c": `;
    expect(faults(read(text), text)).toEqual(['3: The file cannot be read: a value is missing.']);
  });
});

const xml = (body: string): string => `<?xml version="1.0" encoding="utf-8"?>\n<ImportExportXml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n${body}\n</ImportExportXml>`;
const labels = (tag: string, texts: Readonly<Record<number, string>>): string => Object.entries(texts).map(([language, text]) => `<${tag} description="${text}" languagecode="${language}" />`).join('');

describe('customizations of a solution', () => {
  const text = xml(`<Entities><Entity><Name LocalizedName="Session" OriginalName="Session">Session</Name><ObjectTypeCode>1</ObjectTypeCode><EntityInfo><entity Name="Session">
<LocalizedNames>${labels('LocalizedName', { 1033: 'Session' })}</LocalizedNames>
<attributes>
<attribute PhysicalName="Reason"><Type>picklist</Type><Name>reason</Name><LogicalName>reason</LogicalName><optionset Name="session_reason"><OptionSetType>picklist</OptionSetType><IsGlobal>0</IsGlobal>
<displaynames>${labels('displayname', { 1033: 'Reason' })}</displaynames>
<options><option value="192350000" ExternalValue="" IsHidden="0"><labels>${labels('label', { 1033: 'Default', 1031: 'Standard' })}</labels></option>
<option value="192350001"><labels>${labels('label', { 1033: 'AgentReject &amp; more', 1031: 'Abgelehnt' })}</labels></option></options></optionset>
<displaynames>${labels('displayname', { 1033: 'Why' })}</displaynames></attribute>
<attribute PhysicalName="Channels"><Type>multiselectpicklist</Type><LogicalName>channels</LogicalName><OptionSetName>streamsource</OptionSetName></attribute>
<attribute PhysicalName="StateCode"><Type>state</Type><LogicalName>statecode</LogicalName><optionset><OptionSetType>state</OptionSetType><states><state value="0" defaultstatus="1" invariantname="Open"><labels>${labels('label', { 1033: 'Open' })}</labels></state></states></optionset></attribute>
<attribute PhysicalName="StatusCode"><Type>status</Type><LogicalName>statuscode</LogicalName><optionset Name="session_statuscode"><statuses><status value="1" state="0"><labels>${labels('label', { 1033: 'Active' })}</labels></status></statuses></optionset></attribute>
<attribute PhysicalName="Subject"><Type>nvarchar</Type><Name>subject</Name><MaxLength>200</MaxLength></attribute>
</attributes></entity></EntityInfo></Entity></Entities>
<optionsets><optionset Name="streamsource" localizedName="Channel"><OptionSetType>picklist</OptionSetType><IsGlobal>1</IsGlobal><options><option value="192360000"><labels>${labels('label', { 1033: 'Live chat' })}</labels></option></options></optionset></optionsets>`);

  it('give entities in part, attributes and choices', () => {
    const schema = read(text);
    expect(schema.findings).toEqual([]);
    expect(entitiesText(schema)).toEqual([
      'session "Session": reason Picklist <session_reason>, channels MultiSelectPicklist <streamsource> multi, statecode State <session_statecode>, statuscode Status <session_statuscode>, subject String(200) ...',
    ]);
    expect(choicesText(schema)).toEqual(['streamsource: 192360000 Live chat', 'session_reason: 192350000 Default, 192350001 AgentReject & more', 'session_statecode: 0 Open', 'session_statuscode: 1 Active']);
    expect(choicesText(read(text, 1031))[1]).toBe('session_reason: 192350000 Standard, 192350001 Abgelehnt');
  });

  it('lead to the tag of an option, whatever ends the lines', () => {
    for (const written of [text, text.replaceAll('\n', '\r\n'), `\ufeff${text}`, `<!-- 𝒳 -->${text.slice(text.indexOf('\n'))}`]) {
      const place = read(written).choices.get('session_reason')?.options.get('192350001')?.place;
      expect(place === undefined ? '' : written.slice(place.span.start, place.span.end)).toBe('<option value="192350001">');
    }
  });

  it('may hold a > in the text of an attribute', () => {
    const many = Array.from({ length: 500 }, () => '<filter condition="a > b" />').join('');
    expect(read(xml(`${many}<optionsets><optionset Name="a"><options /></optionset></optionsets>`)).findings).toEqual([]);
  });
});

describe('broken metadata', () => {
  it.each([
    ['{"value": [', '1: The file cannot be read: a value is missing at the end.'],
    ['{\n"value": [{"LogicalName": "a",}]}', '2: The file cannot be read: a comma before } must go.'],
    ['', '1: The file cannot be read: a value is missing at the end.'],
    ['{"value": []}', '1: The metadata must be entities, attributes or choices as the Dataverse Web API returns them; found none of these.'],
    ['{"value": [{"activityid": "1"}]}', '1: The metadata must be entities, attributes or choices as the Dataverse Web API returns them; found none of these.'],
    ['{"error": {"code": "0x80060888", "message": "Resource not found"}}', '1: The metadata must be entities, attributes or choices as the Dataverse Web API returns them; found none of these.'],
    ['{"value": [5]}', '1: A definition of the metadata must be an object; found the value 5.'],
    ['{"value": [{"Options": []}]}', '1: Name of an option set must be text; found an object without it.'],
    ['{"value": [{"LogicalName": "a", "AttributeType": "String"}]}', '1: EntityLogicalName of attribute a must be the name of the entity; add it to $select; found an object without it.'],
    ['{"Name": "n", "Options": [\n{"Value": "1"},\n{"Value": 1.5},\n{"Label": null}]}', '2: Value of an option of n must be a whole number; found the value 1.'],
    ['<a', '1: The file cannot be read: '],
    ['<a>\n<b></a>', '2: The file cannot be read: '],
    ['<a/>', '1: The customizations must be entities or option sets of a solution; found the element a without these.'],
    ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '1: The file cannot be read: a document type declaration has no place here.'],
    [`<a>\n${'<b>'.repeat(300)}`, '2: The file cannot be read: it is nested deeper than 200 levels.'],
    [xml('<optionsets><optionset><options/></optionset></optionsets>'), '3: Name of an option set must be text; found an element without it.'],
    [xml('<optionsets><optionset Name="x"><options><option value="one"/></options></optionset></optionsets>'), '3: Value of an option of x must be a whole number; found an element without it.'],
  ])('%#: %j', (text, expected) => {
    const [first = 'nothing'] = faults(read(text), text);
    expect(first.slice(0, expected.length)).toBe(expected);
  });

  it('keeps what can be read', () => {
    const schema = read(page([optionSet('n', option('x', {}), option(2, { 1033: 'Two' }))]));
    expect(choicesText(schema)).toEqual(['n: 2 Two']);
    expect(schema.fault?.message).toBe('Value of an option of n must be a whole number; found the value x.');
  });

  it('has names of any kind', () => {
    const schema = read(page([{ LogicalName: '__proto__', Attributes: [attribute('String', 'constructor'), attribute('Uniqueidentifier', 'toString')] }, optionSet('hasOwnProperty', option(1, { 1033: 'One' }))]));
    expect(entitiesText(schema)).toEqual(['__proto__: constructor String, toString Uniqueidentifier']);
    expect(choicesText(schema)).toEqual(['hasOwnProperty: 1 One']);
  });

  it.each([
    ['options', () => page([optionSet('n', ...Array.from({ length: 50_000 }, (_, i) => option(i, { 1033: `Label ${i}` })))])],
    ['attributes of one entity', () => page(Array.from({ length: 20_000 }, (_, i) => attribute('String', `a${i}`, { EntityLogicalName: 'e' })))],
    ['answers', () => `[${Array.from({ length: 2_000 }, (_, i) => page([attribute('String', `a${i}`, { EntityLogicalName: 'e' })])).join(',')}]`],
    ['languages', () => page([optionSet('n', option(1, Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [i + 1, `x${i}`]))))])],
    ['elements', () => xml(`<optionsets><optionset Name="n"><options>${'<option value="1"/>'.repeat(100_000)}</options></optionset></optionsets>`)],
    ['open tags', () => '<a '.repeat(500_000)], ['quotes', () => `<a b="${'>'.repeat(2_000_000)}`], ['comments', () => '<!-- '.repeat(500_000)], ['references', () => `<a>${'&amp;'.repeat(500_000)}</a>`],
  ])('of many %s is read in time', (_, text) => {
    const written = text();
    within(10, () => read(written));
  });

  it('is XML by its name', () => {
    expect(faults(readEntitySchema('file:///w/customizations.xml', 'x'), 'x')).toEqual(['1: The file cannot be read: root element is missing or invalid.']);
    expect(faults(read('x'), 'x')).toEqual(['1: The file cannot be read: this is no value; text needs double quotes.']);
  });
});
