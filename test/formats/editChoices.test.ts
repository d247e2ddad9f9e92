// Choices written into model files: what changes is replaced, every other character stays.
import { describe, expect, it } from 'vitest';
import { editChoices, type ChoiceChange } from '../../server/src/formats/index.ts';
import type { Choice } from '../../server/src/model/model.ts';
import { within } from '../support/within.ts';

const place = { uri: 'file:///x', span: { start: 0, end: 0 } };

/** A choice from options such as `1 One` and `2 Two!`; a sign of exclamation marks a deprecated one. */
const choice = (name: string, ...options: readonly string[]): Choice => ({
  name, place, deprecated: false, source: undefined,
  options: new Map(options.map((it) => {
    const [code = '', ...label] = it.replace(/!$/, '').split(' ');
    return [code, { value: Number(code), label: label.join(' '), deprecated: it.endsWith('!'), place }];
  })),
});

const edit = (text: string, choices: readonly Choice[], name = 'm.daxmodel.yaml'): { readonly text: string; readonly changes: readonly ChoiceChange[] } => {
  const result = editChoices(`file:///${name}`, text, choices);
  if ('refusal' in result) throw new Error(result.refusal);
  return result;
};

const why = choice('why', '1 One', '2 Two');

describe('a choice that the file does not have', () => {
  it.each([
    ['no choices', 'name: m\n', 'name: m\nchoices:\n  why:\n    1: One\n    2: Two\n'],
    ['no line break at the end', 'name: m', 'name: m\nchoices:\n  why:\n    1: One\n    2: Two\n'],
    ['choices without any', 'name: m\nchoices:\npublic: [A]\n', 'name: m\nchoices:\n  why:\n    1: One\n    2: Two\npublic: [A]\n'],
    ['choices that are nothing', 'name: m\nchoices: ~ # none\npublic: [A]\n', 'name: m\nchoices:  # none\n  why:\n    1: One\n    2: Two\npublic: [A]\n'],
    ['others', 'name: m\nchoices:\n    a: # of a\n        1: x   # one\n    # end\n\npublic: [A]\n', 'name: m\nchoices:\n    a: # of a\n        1: x   # one\n    why:\n      1: One\n      2: Two\n    # end\n\npublic: [A]\n'],
    ['others in braces', 'name: m\nchoices: { a: { 1: x } } # end\n', 'name: m\nchoices: { a: { 1: x }, why: { 1: One, 2: Two } } # end\n'],
    ['empty braces', 'name: m\nchoices: {}\n', 'name: m\nchoices: { why: { 1: One, 2: Two } }\n'],
    ['braces over lines', 'name: m\nchoices: {\n  a: { 1: x },\n}\n', 'name: m\nchoices: {\n  a: { 1: x },\n  why: { 1: One, 2: Two },\n}\n'],
    ['a file to import', 'name: m\nchoices:\n  import: c.json\ntables:\n', 'name: m\nchoices:\n  import: c.json\n  why:\n    1: One\n    2: Two\ntables:\n'],
    ['all in braces', '{ name: m }\n', '{ name: m, choices: { why: { 1: One, 2: Two } } }\n'],
  ])('%s', (_, before, after) => {
    expect(edit(before, [why]).text).toBe(after);
    expect(edit(after, [why])).toMatchObject({ text: after, changes: [{ kind: 'same' }] });
  });

  it('keeps line breaks of Windows and a byte order mark', () => {
    expect(edit('\ufeffname: m\r\n', [why]).text).toBe('\ufeffname: m\r\nchoices:\r\n  why:\r\n    1: One\r\n    2: Two\r\n');
  });

  it('may know some codes only', () => {
    expect(edit('name: m\n', [{ ...choice('why', '1 One!'), partial: true }]).text).toBe('name: m\nchoices:\n  why:\n    partial: true\n    1: { label: One, deprecated: true }\n');
  });

  it('has no codes', () => {
    expect(edit('name: m\n', [choice('why')]).text).toBe('name: m\nchoices:\n  why: {}\n');
  });
});

describe('a choice that the file has', () => {
  it.each([
    ['another label', 'choices:\n  why: # why\n    1: Uno  # one\n    2: Two\n', 'choices:\n  why: # why\n    1: One  # one\n    2: Two\n'],
    ['a label in its own key', "choices:\n  WHY: { 1: { label: 'Uno', deprecated: true }, 2: Two }\n", 'choices:\n  WHY: { 1: { label: One, deprecated: true }, 2: Two }\n'],
    ['a label over lines', 'choices:\n  why:\n    1: >\n      U\n      no\n    2: Two\n', 'choices:\n  why:\n    1: One\n    2: Two\n'],
    ['codes missing', 'choices:\n  why:\n    1: One\n  b: { 1: x }\n', 'choices:\n  why:\n    1: One\n    2: Two\n  b: { 1: x }\n'],
    ['codes missing in braces', 'choices: { why: { 1: One } }\n', 'choices: { why: { 1: One, 2: Two } }\n'],
    ['codes besides', 'choices: { why: { 0: None, 1: One, 2: Two } }\n', 'choices: { why: { 0: None, 1: One, 2: Two } }\n'],
    ['codes with zeros', 'choices: { why: { 01: One, 2: Two } }\n', 'choices: { why: { 01: One, 2: Two } }\n'],
    ['nothing', 'choices:\n  why:\n  b: { 1: x }\n', 'choices:\n  why:\n    1: One\n    2: Two\n  b: { 1: x }\n'],
  ])('with %s', (_, before, after) => {
    const { text } = edit(`name: m\n${before}`, [why]);
    expect(text).toBe(`name: m\n${after}`);
    expect(edit(text, [why]).text).toBe(text);
  });

  it.each([
    ['{ 1: One }', '{ 1: { label: One, deprecated: true } }'], ['{ 1: { label: One } }', '{ 1: { label: One, deprecated: true } }'],
    ['{ 1: { label: One, deprecated: false } }', '{ 1: { label: One, deprecated: true } }'], ['\n    1:\n      label: Uno\n', '\n    1:\n      label: One\n      deprecated: true\n'],
  ])('with a code that is deprecated now: %j', (before, after) => {
    expect(edit(`name: m\nchoices:\n  why: ${before}`, [choice('why', '1 One!')]).text).toBe(`name: m\nchoices:\n  why: ${after}`);
  });

  it('is told what changed', () => {
    const { changes } = edit('name: m\nchoices:\n  why: { 0: None, 1: Uno }\n  file: { import: c.json }\n  list: [1]\n', [choice('why', '1 One!', '2 Two'), choice('file', '1 x'), choice('new', '5 x'), choice('import', '1 x')]);
    expect(changes).toMatchObject([
      { name: 'why', kind: 'changed', added: [{ value: 2 }], relabelled: [{ code: '1', from: 'Uno', to: 'One' }], deprecated: ['1'], kept: ['0'] },
      { name: 'file', kind: 'left', reason: 'it is imported from c.json' },
      { name: 'new', kind: 'new', added: [{ value: 5 }] },
      { name: 'import', kind: 'left', reason: 'a choice cannot be called import' },
    ]);
  });
});

describe('labels and names', () => {
  const labels = ['Wrap-up (old)', 'yes', 'null', '- x', 'a: b', 'a #b', '"q"', "it's", 'Ünïcode Ω', '{x}', '[x]', ', x', ' x ', '12', '', 'tab\tx', 'line\u2028x', 'x:', '@x', 'true', '日本', '%', '*a', '&a', '!x', '|', '>', '\\', '1e3', '0x1', '.inf', '~', '= x', '\u0085', 'a\ufeffb'];

  it.each(['name: m\n', 'name: m\nchoices: {}\n', '{"name": "m"}'])('of any kind can be written into %j', (text) => {
    const name = text.startsWith('{"') ? 'm.daxmodel.json' : 'm.daxmodel.yaml';
    const any = choice('any');
    const all: Choice = { ...any, options: new Map(labels.map((label, i) => [String(i), { value: i, label, deprecated: i % 2 === 1, place }])) };
    const names = ['true', 'a b', 'x: y', '__proto__', 'Ä', '12', '- a', '{'].map((it) => choice(it, '1 One'));
    const once = edit(text, [all, ...names], name);
    expect(once.changes.map((it) => it.kind)).toEqual(Array.from({ length: 9 }, () => 'new'));
    expect(edit(once.text, [all, ...names], name)).toMatchObject({ text: once.text, changes: Array.from({ length: 9 }, () => ({ kind: 'same' })) });
  });
});

describe('a JSON model', () => {
  it('stays JSON', () => {
    const { text } = edit('{\n  "name": "m",\n  "choices": {\n    "a": { "1": "x" },\n    "why": { "1": "Uno" }\n  }\n}\n', [why, choice('b', '1 One!')], 'm.daxmodel.json');
    expect(text).toBe('{\n  "name": "m",\n  "choices": {\n    "a": { "1": "x" },\n    "why": { "1": "One", "2": "Two" },\n    "b": { "1": { "label": "One", "deprecated": true } }\n  }\n}\n');
    expect(JSON.parse(edit('{"name": "m", "choices": null}', [why], 'm.json').text)).toEqual({ name: 'm', choices: { why: { 1: 'One', 2: 'Two' } } });
  });
});

describe('a file that cannot be edited', () => {
  it.each([
    ['name: m\nchoices: [1]\n', 'choices is no mapping of names to choices'], ['name: "m\n', 'The file cannot be read: '], ['- a\n', 'nothing of the file can be used'], ['name: m\nchoices: &a { b: { 1: x } }\nhome: *b\n', 'The file cannot be read: '],
  ])('%j', (text, expected) => {
    const result = editChoices('file:///m.yaml', text, [why]);
    expect('refusal' in result && result.refusal.slice(0, expected.length)).toBe(expected);
  });

  it('keeps a choice that is no mapping', () => {
    const text = 'name: m\nchoices:\n  a: &a { 1: One }\n  why: *a\n';
    expect(edit(text, [why])).toMatchObject({ text, changes: [{ kind: 'left', reason: 'it is no mapping of codes to labels' }] });
  });
});

describe('many choices', () => {
  it('are written in time', () => {
    const many = Array.from({ length: 1000 }, (_, i) => choice(`c${i}`, ...Array.from({ length: 20 }, (__, code) => `${code} Label`)));
    within(30, () => {
      const { text } = edit('name: m\n', many);
      expect(edit(text, many).text).toBe(text);
    });
  });
});
