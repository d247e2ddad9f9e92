/** `customizations.xml` of an unpacked solution: entities, attributes and option sets with labels by language code. */
import { parseXml, XmlElement, XmlError } from '@rgrove/parse-xml';
import type { Finding } from '../../findings/finding.ts';
import { finding } from '../../findings/registry.ts';
import type { Place } from '../../model/model.ts';
import { multiSelectType, type AttributeDefinition, type Collector, type OptionDefinition } from './definitions.ts';
import { noLabels, type Labels } from './labels.ts';

/** Characters; larger files are refused before anything is parsed. */
const maximumLength = 64 * 1024 * 1024;

/** Elements open at one place; deeper files are refused before anything recurses into them. */
const maximumDepth = 200;

/**
 * Reads a solution's customizations.
 *
 * A solution holds the parts that it changes, so its entities are partial. A document type declaration is refused, and
 * with it every entity of its own.
 *
 * @returns a finding for what cannot be read; never throws
 */
export function readCustomizations(uri: string, text: string, into: Collector): readonly Finding[] {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const refusal = refusalOf(text, start);
  if (refusal !== undefined) return [refusal];
  let root: XmlElement | null;
  try {
    ({ root } = parseXml(text, { includeOffsets: true }));
  } catch (error) {
    return [problem(error instanceof XmlError ? wordsOf(error) : 'it is no XML', error instanceof XmlError ? error.pos : start, text.length)];
  }
  const ctx: Ctx = { uri, text, into, findings: [] };
  const sets = root === null ? [] : root.name === 'optionset' ? [root] : each(root, 'optionsets', 'optionset');
  const entities = root === null ? [] : each(root, 'entities', 'entity').flatMap((it) => each(it, 'entityinfo', 'entity'));
  if (sets.length === 0 && entities.length === 0) {
    return [finding('model-invalid-value', { at: 'the customizations', expected: 'entities or option sets of a solution', found: root === null ? 'nothing' : `the element ${root.name.slice(0, 60)} without these` }, nameSpan(text, root))];
  }
  for (const it of sets) optionSet(ctx, it, it.attributes['Name']);
  for (const it of entities) entity(ctx, it);
  return ctx.findings;
}

interface Ctx {
  readonly uri: string;
  readonly text: string;
  readonly into: Collector;
  readonly findings: Finding[];
}

function refusalOf(text: string, start: number): Finding | undefined {
  if (text.length > maximumLength) return problem(`it has more than ${maximumLength.toLocaleString('en-US')} characters`, start, text.length);
  const declaration = text.search(/<!DOCTYPE|<!ENTITY/i);
  if (declaration >= 0) return problem('a document type declaration has no place here', declaration, text.length);
  let depth = 0;
  for (let at = text.indexOf('<', start); at >= 0; at = text.indexOf('<', at + 1)) {
    const next = text.charCodeAt(at + 1);
    if (next === 47) depth--;
    else if (next === 33 || next === 63) {
      // What stands in comments and CDATA opens nothing.
      const end = text.startsWith('<!--', at) ? text.indexOf('-->', at) : text.startsWith('<![CDATA[', at) ? text.indexOf(']]>', at) : at;
      if (end < 0) return undefined;
      at = end;
    } else {
      const close = tagEnd(text, at);
      if (close === undefined) return undefined;
      if (text.charCodeAt(close - 1) !== 47 && ++depth > maximumDepth) return problem(`it is nested deeper than ${maximumDepth} levels`, at, text.length);
      at = close;
    }
  }
  return undefined;
}

/** Where a tag ends; a `>` in quotes does not end it. */
function tagEnd(text: string, start: number): number | undefined {
  let quote = '';
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return at;
  }
  return undefined;
}

const problem = (words: string, at: number, length: number): Finding => {
  const start = Math.min(at, length);
  return finding('model-syntax', { problem: words }, { start, end: Math.min(start + 1, length) });
};

/** The parser's words without its place, which we tell ourselves. */
const wordsOf = (error: XmlError): string => {
  const line = error.message.split('\n')[0] ?? '';
  const words = line.replace(/ ?\(line \d+, column \d+\)$/, '').replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 120);
  return words === '' ? 'it is no XML' : `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
};

/** Children of children by name; the case of names differs between versions. */
const each = (node: XmlElement, list: string, name: string): readonly XmlElement[] => children(node, list).flatMap((it) => children(it, name));

const children = (node: XmlElement, name: string): readonly XmlElement[] =>
  node.children.filter((it): it is XmlElement => it instanceof XmlElement && it.name.toLowerCase() === name);

const textOf = (node: XmlElement, name: string): string | undefined => {
  const text = children(node, name)[0]?.text.trim();
  return text === undefined || text === '' ? undefined : text;
};

function entity(ctx: Ctx, node: XmlElement): void {
  const name = node.attributes['Name']?.toLowerCase();
  if (name === undefined || name === '') return refuse(ctx, node, 'Name of an entity', 'text');
  const attributes = each(node, 'attributes', 'attribute').flatMap((it) => attributeOf(ctx, it, name) ?? []);
  ctx.into.entity({ name, labels: labelsOf(node, 'localizednames', 'localizedname'), primaryId: undefined, primaryName: undefined, attributes, partial: true });
}

function attributeOf(ctx: Ctx, node: XmlElement, entityName: string): AttributeDefinition | undefined {
  const name = textOf(node, 'logicalname') ?? textOf(node, 'name') ?? node.attributes['PhysicalName']?.toLowerCase();
  if (name === undefined || name === '') {
    refuse(ctx, node, `LogicalName of an attribute of ${entityName}`, 'text');
    return undefined;
  }
  const [own] = children(node, 'optionset');
  const choice = own === undefined ? textOf(node, 'optionsetname') : (own.attributes['Name'] ?? `${entityName}_${name}`);
  if (own !== undefined) optionSet(ctx, own, choice);
  return { name, type: typeOf(node), labels: labelsOf(node, 'displaynames', 'displayname'), choice, deprecated: false, place: placeOf(ctx, node) };
}

const types: ReadonlyMap<string, string> = new Map([
  ['picklist', 'Picklist'], ['multiselectpicklist', multiSelectType], ['state', 'State'], ['status', 'Status'], ['bit', 'Boolean'], ['nvarchar', 'String'], ['ntext', 'Memo'],
  ['int', 'Integer'], ['bigint', 'BigInt'], ['decimal', 'Decimal'], ['float', 'Double'], ['money', 'Money'], ['datetime', 'DateTime'], ['lookup', 'Lookup'], ['owner', 'Owner'],
  ['customer', 'Customer'], ['primarykey', 'Uniqueidentifier'], ['uniqueidentifier', 'Uniqueidentifier'], ['partylist', 'PartyList'], ['virtual', 'Virtual'],
]);

function typeOf(node: XmlElement): string | undefined {
  const written = textOf(node, 'type');
  const type = written === undefined ? undefined : (types.get(written.toLowerCase()) ?? written);
  const length = textOf(node, 'maxlength') ?? textOf(node, 'length');
  return (type === 'String' || type === 'Memo') && length !== undefined && /^\d{1,9}$/.test(length) ? `${type}(${length})` : type;
}

const lists: readonly (readonly [list: string, item: string])[] = [['options', 'option'], ['states', 'state'], ['statuses', 'status']];

function optionSet(ctx: Ctx, node: XmlElement, name: string | undefined): void {
  if (name === undefined || name === '') return refuse(ctx, node, 'Name of an option set', 'text');
  const options = lists.flatMap(([list, item]) => each(node, list, item)).flatMap((it): readonly OptionDefinition[] => {
    const value = it.attributes['value'];
    if (value === undefined || !/^-?\d{1,15}$/.test(value)) {
      refuse(ctx, it, `value of an option of ${name.slice(0, 60)}`, 'a whole number');
      return [];
    }
    return [{ value: Number(value), labels: labelsOf(it, 'labels', 'label'), place: placeOf(ctx, it) }];
  });
  ctx.into.choice(name, labelsOf(node, 'displaynames', 'displayname'), options, placeOf(ctx, node), false);
}

function labelsOf(node: XmlElement, list: string, name: string): Labels {
  const labels = each(node, list, name);
  if (labels.length === 0) return noLabels;
  const byLanguage = new Map<number, string>();
  for (const it of labels) {
    const language = Number(it.attributes['languagecode']);
    const text = it.attributes['description'];
    if (text !== undefined && Number.isInteger(language) && !byLanguage.has(language)) byLanguage.set(language, text);
  }
  return { byLanguage, user: undefined };
}

const placeOf = (ctx: Ctx, node: XmlElement): Place => ({ uri: ctx.uri, span: nameSpan(ctx.text, node) });

/** The tag that opens an element. */
function nameSpan(text: string, node: XmlElement | null): Place['span'] {
  if (node === null) return { start: 0, end: Math.min(1, text.length) };
  const close = text.indexOf('>', node.start);
  return { start: node.start, end: close < 0 ? node.end : close + 1 };
}

function refuse(ctx: Ctx, node: XmlElement, at: string, expected: string): void {
  if (ctx.findings.length >= 100) return;
  ctx.findings.push(finding('model-invalid-value', { at, expected, found: 'an element without it' }, nameSpan(ctx.text, node)));
}
