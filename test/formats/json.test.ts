// JSON, ndjson, Dataverse Web API pages and inline rows.
import { describe, expect, it } from 'vitest';
import { readRows } from '../../server/src/formats/index.ts';
import { columnsOf, faultsOf, fileOptions, read, type Wanted } from './tables.ts';

const json = (text: string, wanted: Wanted = {}): readonly string[] => {
  const result = read(text, { format: 'json', ...wanted });
  expect(faultsOf(result)).toEqual([]);
  return columnsOf(result);
};

describe('a JSON file', () => {
  it('is a list of objects', () => {
    expect(json('[{"Id": 1, "Name": "Ann", "On": true, "Rate": 0.5, "At": "2025-01-01T00:00:00Z"}, {"Id": 2, "Name": null, "On": false, "Rate": 2, "At": null}]'))
      .toEqual(['Id int64: 1, 2', 'Name string: "Ann", BLANK', 'On boolean: true, false', 'Rate double: 0.5, 2', 'At dateTime: 45658, BLANK']);
  });

  it('is a page of the Dataverse Web API, without its annotations', () => {
    expect(json(`{
  "@odata.context": "https://x/api/data/v9.2/$metadata#msdyn_ocsessions", "@odata.count": 2,
  "value": [
    { "@odata.etag": "W/1", "activityid": "a", "msdyn_channel": 192360000, "msdyn_channel@OData.Community.Display.V1.FormattedValue": "Chat", "owner": { "id": 1 } },
    { "@odata.etag": "W/2", "activityid": "b", "msdyn_channel": null }
  ]
}`)).toEqual(['activityid string: "a", "b"', 'msdyn_channel int64: 192360000, BLANK']);
  });

  it('is one page of several, and says so', () => {
    const result = read('{"value": [{"A": 1}], "@odata.nextLink": "https://x/page2"}', { format: 'json' });
    expect(faultsOf(result)).toEqual(['data-incomplete {}']);
    expect(columnsOf(result)).toEqual(['A int64: 1']);
  });

  it('has an annotation that the model asks for', () => {
    expect(json('[{"c@F": "Chat"}, {"c@F": "Voice"}]', { columns: { 'c@F': 'string' } })).toEqual(['c@F string: "Chat", "Voice"']);
  });

  it('has rows that do not name every column, or name one late or twice', () => {
    expect(json('[{"A": 1}, {"B": "x"}, {"A": 2, "a": 3}, {}]')).toEqual(['A int64: 1, BLANK, 3, BLANK', 'B string: BLANK, "x", BLANK, BLANK']);
  });

  it('may call its columns anything', () => {
    expect(json('[{"__proto__": 1, "constructor": "x", "hasOwnProperty": null}]')).toEqual(['__proto__ int64: 1', 'constructor string: "x"', 'hasOwnProperty blank: BLANK']);
  });

  it('keeps text as text and every digit of whole numbers', () => {
    expect(json('[{"A": "1", "B": 9007199254740993, "C": "\\u00e9\\n\\"x\\" "}]')).toEqual(['A string: "1"', 'B int64: 9007199254740993n', 'C string: "é\\n\\"x\\""']);
  });

  it('is read by declared types', () => {
    expect(json('[{"A": "5", "B": 7, "C": 1, "D": 1.25, "E": true}]', { columns: { A: 'int64', B: 'string', C: 'boolean', D: 'decimal', E: 'string' } }))
      .toEqual(['A int64: 5', 'B string: "7"', 'C boolean: true', 'D decimal: 12500', 'E string: "true"']);
  });

  it('has no rows', () => {
    expect(json('[]', { columns: { A: 'int64' } })).toEqual(['A int64: ']);
    expect(json('{"value": []}', { columns: { A: undefined } })).toEqual(['A blank: ']);
  });

  it('has cells that do not fit', () => {
    const result = read('[\n{"A": 1.5, "B": 1},\n{"A": {"x": [1, "}"]}, "B": 1},\n{"A": 3, "B": [2]}]', { format: 'json', columns: { A: 'int64', B: undefined, Missing: 'string' } });
    expect(faultsOf(result)).toEqual([
      'data-column-missing {"column":"Missing"}',
      'data-cell-type {"place":"line 2","column":"A","type":"int64","value":"1.5","more":1}',
      'data-cell-type {"place":"line 4","column":"B","type":"single value","value":"an object or a list","more":0}',
    ]);
    expect(columnsOf(result)).toEqual(['A int64 faulty: BLANK, BLANK, 3', 'B int64 faulty: 1, 1, BLANK']);
  });

  it.each([
    ['', 'line 1', 'the file is empty'],
    ['5', 'line 1', 'a list of rows must begin here'],
    ['[1]', 'line 1', 'a row must be an object in braces'],
    ['{"rows": []}', 'line 1', 'this object has no list named value; rows are a list of objects'],
    ['[{"A": 1},\n{"A" 2}]', 'line 2', 'a colon is missing after the key'],
    ['[{"A": 1}\n{"A": 2}]', 'line 2', 'a comma or ] is missing'],
    ['[{"A": 1}', 'line 1', '] is missing at the end'],
    ['[{"A": "x', 'line 1', 'the text is never closed'],
    ['[{"A": 01}]', 'line 1', 'this is no value; text needs double quotes'],
    ['[{"A": 1e999}]', 'line 1', 'the number is too large'],
    ['[{"A": [1}]}]', 'line 1', 'the brackets do not match'],
    ['[{"A": "\\x"}]', 'line 1', 'an escape in this text is unknown'],
    ['[] []', 'line 1', 'nothing may follow the rows'],
  ])('%j is malformed', (text, place, problem) => {
    const result = read(text, { format: 'json' });
    expect(faultsOf(result)).toEqual([`data-malformed ${JSON.stringify({ place, problem })}`]);
    expect(result.usable).toBe(false);
  });
});

describe('an ndjson file', () => {
  it('has an object a line', () => {
    expect(json('{"A": 1}\n\r\n{"A": 2}\n', { format: 'ndjson' })).toEqual(['A int64: 1, 2']);
  });

  it('names the line of a fault', () => {
    expect(faultsOf(read('{"A": 1}\n{"A": }\n', { format: 'ndjson' }))).toEqual(['data-malformed {"place":"line 2","problem":"a value is missing"}']);
    expect(faultsOf(read('{"A": 1}\n[1]\n', { format: 'ndjson' }))).toEqual(['data-malformed {"place":"line 2","problem":"a row must be an object in braces"}']);
    expect(faultsOf(read('{"A": 1}\n{"A": "x"}\n', { format: 'ndjson', columns: { A: 'double' } }))).toEqual(['data-cell-type {"place":"line 2","column":"A","type":"double","value":"\\"x\\"","more":0}']);
  });
});

describe('inline rows', () => {
  const rowsOf = (rows: Parameters<typeof readRows>[0], columns: Wanted['columns'] = {}): ReturnType<typeof readRows> =>
    readRows(rows, { path: 'rows', options: fileOptions, columns: Object.entries(columns).map(([name, type]) => ({ name, type })), others: true, maximumRows: 10 });

  it('are typed as JSON rows are', () => {
    const result = rowsOf([[['Id', 1], ['Name', 'x'], ['On', true]], [['Id', 2], ['Day', '2025-01-01']]], { Name: 'string' });
    expect(faultsOf(result)).toEqual([]);
    expect(columnsOf(result)).toEqual(['Name string: "x", BLANK', 'Id int64: 1, 2', 'On boolean: true, BLANK', 'Day dateTime: BLANK, 45658']);
  });

  it('have a cell of another type', () => {
    expect(faultsOf(rowsOf([[['A', 1]], [['A', 'x']]], { A: 'int64' }))).toEqual(['data-cell-type {"place":"row 2","column":"A","type":"int64","value":"\\"x\\"","more":0}']);
  });
});
