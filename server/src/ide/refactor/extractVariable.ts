/** "Extract variable": the selected expression becomes a VAR of the same value, in the block or the argument around it. */
import { canonicalExpression, children } from '../../../../grammar/src/index.ts';
import type { Expression, VarBlock } from '../../../../grammar/src/tree.ts';
import { functionNamed } from '../../functions/index.ts';
import { indentationAt, levelOf, lineEndOf, returnOf, startsLine } from './lines.ts';
import { isSameAcross, isValueArgument, needsOf, outerNames, stepsAlong } from './movable.ts';
import { variableName } from './names.ts';
import { bare, referenceAt, selected, textOf, type Edit, type Refactoring, type Site } from './site.ts';

export function extractVariable(site: Site): readonly Refactoring[] {
  const node = selected(site);
  if (node === undefined || !isValue(site, node)) return [];
  const title = 'Extract variable';
  const place = placeFor(site, node);
  if (place === undefined) {
    return [{ id: 'extract-variable', title, kind: 'extract', refused: 'There is no place for a VAR in which it has the same value.', edits: () => [] }];
  }
  const others = alike(site, node, place);
  const newName = variableName(site, node);
  const one: Refactoring = { id: 'extract-variable', title, kind: 'extract', newName, edits: () => extracted(site, node, place, [node], newName) };
  if (others.length < 2) return [one];
  return [one, { id: 'extract-variable-all', title: `${title} and replace all ${others.length} occurrences`, kind: 'extract', newName, edits: () => extracted(site, node, place, others, newName) }];
}

/** Something to give a name to: no name, no condition on a row, nothing but a value or a table. */
function isValue({ reading }: Site, node: Expression): boolean {
  const it = bare(node);
  if (it.kind === 'name' || it.kind === 'missing' || it.kind === 'tuple' || it.kind === 'parameter') return false;
  if (it.kind === 'column') return referenceAt(reading, it.column.span.start)?.target.kind === 'measure' || reading.bound.typeOf(it).kind === 'scalar';
  return it.kind !== 'call' || functionNamed(it.name)?.returns !== 'modifier';
}

/** Where the VAR goes: before a part of a block, or around an expression that may be one. */
type Place =
  | { readonly kind: 'block'; readonly block: VarBlock; readonly part: Expression; readonly around: Expression }
  | { readonly kind: 'wrap'; readonly around: Expression };

/**
 * The outermost place in which the value is the same and the variables that it reads are there; a block that is there
 * already is taken before a new one is made.
 */
function placeFor({ reading, path }: Site, node: Expression): Place | undefined {
  const at = path.indexOf(node);
  const needs = needsOf(reading, node);
  const outer = outerNames(reading, node);
  let block: Place | undefined;
  let wrap: Place | undefined;
  for (let i = at; i >= 0; i--) {
    const around = path[i];
    const parent = path[i - 1];
    if (around === undefined || !isSameAcross(needs, stepsAlong(reading, path.slice(i, at + 1)))) break;
    if (parent?.kind === 'var') {
      block = { kind: 'block', block: parent, part: around, around };
      // Above the block its variables are not there.
      if (parent.variables.some((it) => outer.has(it.name.span.start))) break;
    } else if (i < at && (parent === undefined || isSlot(parent, around))) wrap = { kind: 'wrap', around };
  }
  return block ?? wrap;
}

/** Whether a VAR may begin a part of an expression without running into what stands beside it. */
const isSlot = (parent: Expression, part: Expression): boolean => parent.kind === 'parenthesized' || isValueArgument(parent, part);

/** Characters of a definition in which equal expressions are looked for. */
const mostCompared = 50_000;

/** Equal expressions that have the same value in the place, in the order written. */
function alike({ reading, segment }: Site, node: Expression, place: Place): readonly Expression[] {
  // Each is compared as a text of its own: in very long definitions that would take too long.
  if (segment.segment.text.length > mostCompared) return [node];
  const needs = needsOf(reading, node);
  const outer = [...outerNames(reading, node)].sort().join();
  const found: Expression[] = [];
  const wanted = canonicalExpression(bare(node));
  const look = (it: Expression, path: readonly Expression[]): void => {
    if (it.kind === node.kind && canonicalExpression(bare(it)) === wanted) {
      if (isSameAcross(needs, stepsAlong(reading, path)) && [...outerNames(reading, it)].sort().join() === outer) found.push(it);
      return;
    }
    for (const part of children(it)) if (part.kind !== 'omitted') look(part, [...path, part]);
  };
  for (const root of partsBehind(place)) look(root, [root]);
  return found;
}

/** The parts that see a variable in a place. */
function partsBehind(place: Place): readonly Expression[] {
  if (place.kind === 'wrap') return [place.around];
  const { variables, body } = place.block;
  return [...variables.map((it) => it.value), body].filter((it) => it.span.start >= place.part.span.start);
}

function extracted(site: Site, node: Expression, place: Place, replaced: readonly Expression[], name: string): readonly Edit[] {
  const head = `VAR ${name} = ${textOf(site, bare(node))}`;
  const uses = replaced.map((it): Edit => ({ span: it.span, newText: name }));
  return [place.kind === 'block' ? inBlock(site, place, head) : around(site, place.around, head), ...uses];
}

/** A line above the variable, or the RETURN, that the expression stands in. */
function inBlock(site: Site, { block, part }: Extract<Place, { kind: 'block' }>, head: string): Edit {
  const { text } = site.segment.segment;
  const at = block.variables.find((it) => it.value === part)?.span.start ?? returnOf(text, block);
  const gap = startsLine(text, at) ? lineEndOf(text) + indentationAt(text, at) : ' ';
  return { span: { start: at, end: at }, newText: head + gap };
}

/** A new block around an expression: over lines where it begins one or is all of the definition, else in its line. */
function around({ segment: { segment }, path }: Site, node: Expression, head: string): Edit {
  const { text } = segment;
  const { start } = node.span;
  const end = lineEndOf(text);
  const level = levelOf(text);
  if (startsLine(text, start)) {
    const indentation = indentationAt(text, start);
    return { span: { start, end: start }, newText: `${head}${end}${indentation}RETURN${end}${indentation}${level}` };
  }
  if (path[0] !== node || segment.item.kind === 'bare') return { span: { start, end: start }, newText: `${head} RETURN ` };
  const indentation = indentationAt(text, start) + level;
  const from = text.slice(0, start).trimEnd().length;
  return { span: { start: from, end: start }, newText: `${end}${indentation}${head}${end}${indentation}RETURN${end}${indentation}${level}` };
}
