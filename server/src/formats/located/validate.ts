/**
 * A located tree against a zod schema: each fault becomes a finding of ours at its place, and what is faulty is left out.
 *
 * zod decides what is wrong; the words and the place are chosen here from the issue's code, path and keys.
 */
import * as z from 'zod/mini';
import { closest } from '../../base/closest.ts';
import type { Finding } from '../../findings/finding.ts';
import { finding } from '../../findings/registry.ts';
import { daxWords } from '../../model/daxSchema.ts';
import { codeKeyWords } from '../../model/schema.ts';
import { firstSpan, nameSpanAt, nodeAt, type LocatedEntry, type LocatedFile, type LocatedNode, type Path } from './node.ts';
import { plainOf } from './plain.ts';

export interface Validated<T> {
  /** The data without its faulty parts; undefined when nothing is left. */
  readonly data: T | undefined;
  /** The tree that `data` was made from, node by node. */
  readonly tree: LocatedNode | undefined;
  readonly findings: readonly Finding[];
}

export interface Describe {
  /** Names the thing at a path as it stands inside a sentence: `column FactSession[AgentId]`. */
  readonly thing: (path: Path) => string;
  /** What to write for a root key that is missing, so that the rest of the file still has a meaning. */
  readonly fallbacks?: ReadonlyMap<string, string>;
}

/** More findings of one file help nobody. */
const maximumFindings = 100;

/** Each round removes at least one node on the way to the root. */
const maximumRounds = 70;

/** Validates a parsed file. Never throws on its content. */
export function validate<T>(schema: z.core.$ZodType<T>, file: LocatedFile, describe: Describe): Validated<T> {
  const findings = problemFindings(file);
  const broken = file.problems.find((it) => it.kind === 'syntax' && it.broken);
  let tree = file.root;
  for (let round = 0; tree !== undefined && round < maximumRounds; round++) {
    const result = z.safeParse(schema, plainOf(schema, tree));
    if (result.success) return { data: result.data, tree, findings: findings.slice(0, maximumFindings) };
    const issues = result.error.issues.flatMap((it) => flatten(it, tree as LocatedNode));
    // What a removal causes further up is no fault of its own.
    if (round === 0) {
      for (const issue of issues.slice(0, maximumFindings)) {
        // Behind broken text, and about what is missing, nothing can be said.
        const certain = broken === undefined || nodeAt(tree, pathOf(issue)) !== undefined;
        if (certain) findings.push(...findingsOf(issue, tree, describe, schema).filter((it) => broken === undefined || it.span.end < broken.span.start));
      }
    }
    tree = without(tree, issues, describe);
  }
  return { data: undefined, tree: undefined, findings: findings.slice(0, maximumFindings) };
}

/** One break makes others behind it: the first is enough. */
function problemFindings(file: LocatedFile): Finding[] {
  const broken = file.problems.find((it) => it.kind === 'syntax' && it.broken);
  return file.problems.filter((it) => it === broken || (broken === undefined || it.span.start < broken.span.start)).map((it) =>
    it.kind === 'syntax'
      ? finding('model-syntax', { problem: it.problem }, it.span)
      : finding('model-duplicate-name', { what: 'key', name: it.key }, it.span, { related: [{ span: it.first, message: 'The first one.' }] }),
  );
}

type Issue = z.core.$ZodIssue;

/** Of a union the branch that fits the kind of the node, with whole paths. */
function flatten(issue: Issue, root: LocatedNode): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const branch = issue.errors.find((errors) => errors.length > 0 && errors.every((it) => it.path.length > 0 || it.code !== 'invalid_type'));
  if (branch === undefined) return [issue];
  return branch.flatMap((it) => flatten({ ...it, path: [...issue.path, ...it.path] } as Issue, root));
}

const pathOf = (issue: Issue): Path => issue.path.map((it) => (typeof it === 'number' ? it : String(it)));

function findingsOf(issue: Issue, root: LocatedNode, describe: Describe, schema: z.core.$ZodType): readonly Finding[] {
  const path = pathOf(issue);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    return issue.keys.map((key) => {
      const suggestion = closest(key, known);
      const at = nameSpanAt(root, [...path, key]);
      return finding(
        'model-unknown-key', { key: shown(key), at: describe.thing(path), ...(suggestion === undefined ? {} : { suggestion }) }, at,
        suggestion === undefined ? {} : { fixes: [{ title: `Change to ${suggestion}`, edits: [{ span: at, newText: suggestion }], preferred: true }] },
      );
    });
  }
  const node = nodeAt(root, path);
  const key = String(path.at(-1) ?? '');
  if (node === undefined) {
    const parent = path.slice(0, -1);
    return [finding('model-missing-key', { key, at: describe.thing(parent) }, nameSpanAt(root, parent))];
  }
  const suggestion = issue.code === 'invalid_value' && node.kind === 'scalar' ? closest(String(node.value), issue.values.map(String)) : undefined;
  // A refused key has the same path as its value; the words tell which of the two is meant.
  const keyRefused = issue.code === 'custom' && issue.message === codeKeyWords;
  return [finding(
    'model-invalid-value',
    {
      at: describe.thing(path), expected: expectedOf(issue), found: keyRefused ? shown(key) : foundOf(node),
      ...(suggestion === undefined ? {} : { suggestion }),
    },
    keyRefused ? nameSpanAt(root, path) : firstSpan(node),
    suggestion === undefined ? {} : { fixes: [{ title: `Change to ${suggestion}`, edits: [{ span: firstSpan(node), newText: suggestion }], preferred: true }] },
  )];
}

function expectedOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type': return typeWords(issue.expected);
    case 'invalid_value': return listWords(issue.values.map(String));
    case 'custom': return issue.message;
    case 'invalid_union': {
      if (issue.message === daxWords) return daxWords;
      const kinds = issue.errors.flatMap((errors) => errors.flatMap((it) => (it.code === 'invalid_type' ? [typeWords(it.expected)] : [])));
      return listWords([...new Set(kinds)]);
    }
    default: return 'another value';
  }
}

const listWords = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;

function typeWords(expected: string): string {
  switch (expected) {
    case 'string': return 'text';
    case 'number': return 'a number';
    case 'int': return 'a whole number';
    case 'boolean': return 'true or false';
    case 'array': return 'a list';
    default: return 'a mapping of keys to values';
  }
}

function foundOf(node: LocatedNode): string {
  if (node.kind === 'map') return 'a mapping';
  if (node.kind === 'list') return 'a list';
  if (node.value === null) return 'nothing';
  return typeof node.value === 'string' ? `the text ${shown(node.value)}` : String(node.value);
}

/** Text of a file as part of a sentence: on one line, and not too long. */
function shown(text: string): string {
  const line = text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

/** The keys that a mapping at a path may have. */
function keysAt(schema: z.core.$ZodType, path: Path): readonly string[] {
  let at: z.core.$ZodType | undefined = schema;
  for (const step of path) at = at === undefined ? undefined : childSchema(at, String(step));
  const def = at === undefined ? undefined : unwrapped(at)._zod.def;
  return def !== undefined && isObject(def) ? Object.keys(def.shape) : [];
}

const isObject = (def: z.core.$ZodTypeDef): def is z.core.$ZodObjectDef => def.type === 'object';

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  let at = schema;
  while (at._zod.def.type === 'optional' || at._zod.def.type === 'nullable') at = (at._zod.def as z.core.$ZodOptionalDef).innerType;
  if (at._zod.def.type === 'union') {
    const options = (at._zod.def as z.core.$ZodUnionDef).options as readonly z.core.$ZodType[];
    return options.find((it) => it._zod.def.type === 'object' || it._zod.def.type === 'map') ?? at;
  }
  return at;
}

function childSchema(schema: z.core.$ZodType, step: string): z.core.$ZodType | undefined {
  const def = unwrapped(schema)._zod.def;
  if (isObject(def)) return Object.hasOwn(def.shape, step) ? def.shape[step] : undefined;
  if (def.type === 'map') return (def as z.core.$ZodMapDef).valueType as z.core.$ZodType;
  if (def.type === 'array') return (def as z.core.$ZodArrayDef).element;
  return undefined;
}

/** The tree without the nodes that the issues refuse, or undefined when that is all of it. */
function without(root: LocatedNode, issues: readonly Issue[], describe: Describe): LocatedNode | undefined {
  const dropped = new Set<LocatedNode>();
  const droppedKeys = new Map<LocatedNode, Set<string>>();
  const added: LocatedEntry[] = [];
  for (const issue of issues) {
    const path = pathOf(issue);
    const node = nodeAt(root, path);
    if (issue.code === 'unrecognized_keys' && node !== undefined) {
      const keys = droppedKeys.get(node) ?? new Set<string>();
      droppedKeys.set(node, keys);
      for (const key of issue.keys) keys.add(key);
      continue;
    }
    const rootKey = path.length === 1 ? String(path[0]) : undefined;
    const fallback = rootKey === undefined ? undefined : describe.fallbacks?.get(rootKey);
    if (fallback !== undefined && rootKey !== undefined && root.kind === 'map') {
      if (node !== undefined) dropped.add(node);
      const at = node === undefined ? nameSpanAt(root, []) : firstSpan(node);
      added.push({ key: rootKey, keySpan: at, value: { kind: 'scalar', span: at, value: fallback, style: 'plain' } });
    } else {
      const refused = node ?? nodeAt(root, path.slice(0, -1));
      if (refused !== undefined) dropped.add(refused);
    }
  }
  const prune = (node: LocatedNode): LocatedNode | undefined => {
    if (dropped.has(node)) return undefined;
    if (node.kind === 'scalar') return node;
    if (node.kind === 'list') return { ...node, items: node.items.flatMap((it) => prune(it) ?? []) };
    const keys = droppedKeys.get(node);
    const entries = node.entries.flatMap((it) => {
      const value = keys?.has(it.key) === true ? undefined : prune(it.value);
      return value === undefined ? [] : { ...it, value };
    });
    return { ...node, entries: node === root ? [...entries, ...added] : entries };
  };
  return prune(root);
}
