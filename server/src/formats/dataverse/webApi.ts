/**
 * Metadata as the Dataverse Web API returns it: `EntityDefinitions` with attributes and option sets, attributes of one
 * entity, `GlobalOptionSetDefinitions`. One object, a page with a `value` list, or a list of such answers.
 *
 * Only what is there is read: an answer holds what was selected and expanded.
 */
import type { Finding } from '../../findings/finding.ts';
import { finding } from '../../findings/registry.ts';
import type { Place } from '../../model/model.ts';
import { entryOf, firstSpan, type LocatedNode } from '../located/node.ts';
import { multiSelectType, type AttributeDefinition, type Collector, type OptionDefinition } from './definitions.ts';
import { noLabels, type Labels } from './labels.ts';

export interface WebApiResult {
  readonly findings: readonly Finding[];
  /** A page names a next page, which is not here. */
  readonly more: boolean;
}

/** More findings of one file help nobody. */
const maximumFindings = 100;

/** Reads answers of the Web API into a collector; never throws. */
export function readWebApi(uri: string, root: LocatedNode, into: Collector): WebApiResult {
  const ctx: Ctx = { uri, into, findings: [], more: false, found: 0 };
  for (const it of root.kind === 'list' ? root.items : [root]) answer(ctx, it);
  if (ctx.found === 0 && ctx.findings.length === 0) {
    ctx.findings.push(finding('model-invalid-value', { at: 'the metadata', expected: 'entities, attributes or choices as the Dataverse Web API returns them', found: 'none of these' }, firstSpan(root)));
  }
  return { findings: ctx.findings, more: ctx.more };
}

interface Ctx {
  readonly uri: string;
  readonly into: Collector;
  readonly findings: Finding[];
  more: boolean;
  /** Definitions found so far. */
  found: number;
}

function answer(ctx: Ctx, node: LocatedNode): void {
  const list = get(node, 'value');
  const context = textAt(node, '@odata.context') ?? '';
  const more = get(node, '@odata.nextLink') !== undefined;
  if (more) ctx.more = true;
  const attributes = new Map<string, AttributeDefinition[]>();
  for (const it of list?.kind === 'list' ? list.items : [node]) definition(ctx, it, context, attributes);
  for (const [name, own] of attributes) {
    const partial = more || list?.kind !== 'list' || !ofEveryKind(context) || !holdsId(name, undefined, own);
    ctx.into.entity({ name, labels: noLabels, primaryId: undefined, primaryName: undefined, attributes: own, partial });
  }
}

/** One entity or option set; or one attribute, which is put to its entity's. */
function definition(ctx: Ctx, node: LocatedNode, context: string, attributes: Map<string, AttributeDefinition[]>): void {
  if (node.kind !== 'map') refuse(ctx, node, 'a definition of the metadata', 'an object');
  else if (isAttribute(node)) {
    const entityName = textAt(node, 'EntityLogicalName') ?? /EntityDefinitions\((?:LogicalName=)?'([A-Za-z0-9_]{1,128})'\)/.exec(context)?.[1];
    if (entityName === undefined) return void refuse(ctx, node, `EntityLogicalName of attribute ${nameOf(node)}`, 'the name of the entity; add it to $select');
    const attribute = attributeOf(ctx, node, entityName);
    const own = attributes.get(entityName) ?? [];
    if (attribute !== undefined) own.push(attribute);
    attributes.set(entityName, own);
  } else if (get(node, 'Options') !== undefined || get(node, 'TrueOption') !== undefined) {
    const name = textAt(node, 'Name');
    if (name === undefined) return void refuse(ctx, node, 'Name of an option set', 'text');
    optionSet(ctx, node, name);
  } else if (get(node, 'LogicalName') !== undefined) entity(ctx, node);
}

const isAttribute = (node: LocatedNode): boolean =>
  get(node, 'LogicalName') !== undefined &&
  (get(node, 'AttributeType') !== undefined || get(node, 'OptionSet') !== undefined || get(node, 'GlobalOptionSet') !== undefined || /AttributeMetadata$/.test(textAt(node, '@odata.type') ?? ''));

/** Whether an answer lists attributes of every type: one that asks for picklists names their type. */
const ofEveryKind = (context: string): boolean => /\/Attributes(?:\([^')]{0,2000}\))?$/.test(context);

/** A filtered answer does not say that it is one; every entity has an id, which few filters leave in. */
const holdsId = (name: string, primaryId: string | undefined, attributes: readonly AttributeDefinition[]): boolean =>
  attributes.some((it) => it.type === 'Uniqueidentifier' || it.name === primaryId || it.name === `${name}id`);

function entity(ctx: Ctx, node: LocatedNode): void {
  const name = textAt(node, 'LogicalName');
  if (name === undefined) return void refuse(ctx, get(node, 'LogicalName') ?? node, 'LogicalName of an entity', 'text');
  ctx.found++;
  const attributes = get(node, 'Attributes');
  const more = get(node, 'Attributes@odata.nextLink') !== undefined;
  if (more) ctx.more = true;
  const items = attributes?.kind === 'list' ? attributes.items : [];
  const own = items.flatMap((it) => attributeOf(ctx, it, name) ?? []);
  const primaryId = textAt(node, 'PrimaryIdAttribute');
  ctx.into.entity({
    name, labels: labelsOf(get(node, 'DisplayName')), primaryId, primaryName: textAt(node, 'PrimaryNameAttribute'), attributes: own,
    partial: more || !holdsId(name, primaryId, own),
  });
}

function attributeOf(ctx: Ctx, node: LocatedNode, entityName: string): AttributeDefinition | undefined {
  const name = textAt(node, 'LogicalName');
  if (name === undefined) {
    refuse(ctx, node, `LogicalName of an attribute of ${entityName}`, 'text');
    return undefined;
  }
  ctx.found++;
  const own = get(node, 'OptionSet');
  const set = own?.kind === 'map' ? own : get(node, 'GlobalOptionSet');
  const choice = set?.kind === 'map' ? (textAt(set, 'Name') ?? `${entityName}_${name}`) : undefined;
  if (set !== undefined && choice !== undefined && (get(set, 'Options') !== undefined || get(set, 'TrueOption') !== undefined)) optionSet(ctx, set, choice);
  const deprecated = get(node, 'DeprecatedVersion');
  return {
    name, type: typeOf(node), labels: labelsOf(get(node, 'DisplayName')), choice,
    deprecated: deprecated?.kind === 'scalar' && deprecated.value !== null && deprecated.value !== '',
    place: placeOf(ctx, get(node, 'LogicalName') ?? node),
  };
}

/** `Picklist`, `String(100)`, `Lookup -> queue`. */
function typeOf(node: LocatedNode): string | undefined {
  const cast = /\.([A-Za-z]{1,60})AttributeMetadata$/.exec(textAt(node, '@odata.type') ?? '')?.[1];
  const named = textAt(get(node, 'AttributeTypeName') ?? node, 'Value')?.replace(/Type$/, '');
  // The old list of types calls a multi-select choice virtual.
  const type = named === multiSelectType || cast === multiSelectType ? multiSelectType : (textAt(node, 'AttributeType') ?? named ?? cast);
  const length = get(node, 'MaxLength');
  if ((type === 'String' || type === 'Memo') && length?.kind === 'scalar' && typeof length.value === 'number') return `${type}(${length.value})`;
  const targets = get(node, 'Targets');
  const names = targets?.kind === 'list' ? targets.items.flatMap((it) => (it.kind === 'scalar' && typeof it.value === 'string' ? it.value : [])) : [];
  return type !== undefined && names.length > 0 ? `${type} -> ${names.join(', ')}` : type;
}

function optionSet(ctx: Ctx, node: LocatedNode, name: string): void {
  ctx.found++;
  const list = get(node, 'Options');
  const both = [get(node, 'FalseOption'), get(node, 'TrueOption')].flatMap((it) => (it?.kind === 'map' ? it : []));
  const options = [...(list?.kind === 'list' ? list.items : []), ...both].flatMap((it) => optionOf(ctx, it, name) ?? []);
  ctx.into.choice(name, labelsOf(get(node, 'DisplayName')), options, placeOf(ctx, get(node, 'Name') ?? node), get(node, 'Options@odata.nextLink') !== undefined);
}

function optionOf(ctx: Ctx, node: LocatedNode, choice: string): OptionDefinition | undefined {
  const value = get(node, 'Value');
  if (value?.kind !== 'scalar' || typeof value.value !== 'number' || !Number.isSafeInteger(value.value)) {
    refuse(ctx, value ?? node, `Value of an option of ${choice}`, 'a whole number');
    return undefined;
  }
  return { value: value.value, labels: labelsOf(get(node, 'Label')), place: placeOf(ctx, value) };
}

function labelsOf(node: LocatedNode | undefined): Labels {
  if (node?.kind !== 'map') return noLabels;
  const byLanguage = new Map<number, string>();
  const list = get(node, 'LocalizedLabels');
  for (const it of list?.kind === 'list' ? list.items : []) {
    const language = get(it, 'LanguageCode');
    const text = textAt(it, 'Label');
    if (text !== undefined && language?.kind === 'scalar' && typeof language.value === 'number') byLanguage.set(language.value, text);
  }
  const user = get(node, 'UserLocalizedLabel');
  return { byLanguage, user: user === undefined ? undefined : textAt(user, 'Label') };
}

const get = (node: LocatedNode, key: string): LocatedNode | undefined => {
  const value = entryOf(node, key)?.value;
  return value?.kind === 'scalar' && value.value === null ? undefined : value;
};

function textAt(node: LocatedNode, key: string): string | undefined {
  const value = get(node, key);
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

const nameOf = (node: LocatedNode): string => (textAt(node, 'LogicalName') ?? '').slice(0, 60);

const placeOf = (ctx: Ctx, node: LocatedNode): Place => ({ uri: ctx.uri, span: firstSpan(node) });

function refuse(ctx: Ctx, node: LocatedNode, at: string, expected: string): void {
  if (ctx.findings.length >= maximumFindings) return;
  const found = node.kind === 'map' ? 'an object without it' : node.kind === 'list' ? 'a list' : `the value ${String(node.value).slice(0, 60)}`;
  ctx.findings.push(finding('model-invalid-value', { at, expected, found }, firstSpan(node)));
}
