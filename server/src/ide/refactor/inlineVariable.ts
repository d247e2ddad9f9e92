/** "Inline variable": every use of a VAR becomes its expression, where that has the same value in each of these places. */
import { children, expressionsOf, walk } from '../../../../grammar/src/index.ts';
import type { Expression, Variable, VarBlock } from '../../../../grammar/src/tree.ts';
import { touches, type Span } from '../../base/spans.ts';
import { isOtherAsArgument, isSameAcross, needsOf, outerNames, stepsAlong } from './movable.ts';
import { returnOf } from './lines.ts';
import { hasComment, operandText, textOf, type Edit, type Refactoring, type Site } from './site.ts';

export function inlineVariable(site: Site): readonly Refactoring[] {
  const { reading, selection, segment } = site;
  const named = reading.bound.references.find(({ span, target }) => target.kind === 'variable' && touches(span, selection.start) && touches(span, selection.end));
  if (named?.target.kind !== 'variable') return [];
  const { definition, name } = named.target;
  const found = blockOf(site, definition);
  if (found === undefined) return [];
  const { block, variable } = found;
  const uses = reading.bound.references
    .filter(({ target, span }) => target.kind === 'variable' && target.definition.start === definition.start && span.start !== definition.start)
    .map((it) => pathFrom(block, it.span));
  if (uses.length === 0) return [];
  const title = `Inline variable ${name}`;
  const refused = refusal(site, variable, uses) ?? (hasComment(site, removed(segment.segment.text, block, variable, true)) ? 'A comment stands in its definition.' : undefined);
  return [{
    id: 'inline-variable', title, kind: 'inline', ...(refused === undefined ? {} : { refused }),
    edits: () => inlined(site, block, variable, uses),
  }];
}

function blockOf({ segment }: Site, definition: Span): { readonly block: VarBlock; readonly variable: Variable } | undefined {
  let found: { readonly block: VarBlock; readonly variable: Variable } | undefined;
  for (const root of expressionsOf(segment.segment.item)) {
    walk(root, (it) => {
      if (it.kind !== 'var') return;
      const variable = it.variables.find(({ name }) => name.span.start === definition.start);
      if (variable !== undefined) found = { block: it, variable };
    });
  }
  return found;
}

/** The expressions from a block down to what stands at a span. */
function pathFrom(block: VarBlock, { start, end }: Span): readonly Expression[] {
  const path: Expression[] = [block];
  for (let at: Expression = block; ;) {
    const next: Expression | undefined = children(at).find((it): it is Expression => it.kind !== 'omitted' && it.span.start <= start && end <= it.span.end);
    if (next === undefined) return path;
    path.push(next);
    at = next;
  }
}

function refusal(site: Site, { value, name }: Variable, uses: readonly (readonly Expression[])[]): string | undefined {
  const { reading } = site;
  const needs = needsOf(reading, value);
  const outer = outerNames(reading, value);
  for (const path of uses) {
    const steps = stepsAlong(reading, path);
    const once = uses.length === 1 && steps.every((it) => it === 'same');
    // A value by itself is no condition.
    const [use, parent] = [path.at(-1), path.at(-2)];
    if (steps.at(-1) === 'condition' || (use !== undefined && isOtherAsArgument(parent, use, value)) || (!once && !isSameAcross(needs, steps))) return `${name.text} is used where rows or filters are others than those it is evaluated in.`;
    if (path.slice(1).some((it) => it.kind === 'var' && hides(site, it, outer))) return 'A variable of the same name as one that it reads stands between.';
  }
  return undefined;
}

/** Whether a block has variables of the names of others. */
function hides({ segment }: Site, block: VarBlock, outer: ReadonlySet<number>): boolean {
  const { text } = segment.segment;
  return block.variables.some((it) => [...outer].some((start) => {
    const name = it.name.text.toLowerCase();
    return start !== it.name.span.start && text.slice(start, start + name.length).toLowerCase() === name;
  }));
}

function inlined(site: Site, block: VarBlock, variable: Variable, uses: readonly (readonly Expression[])[]): readonly Edit[] {
  const { text } = site.segment.segment;
  const { value } = variable;
  const edits = uses.flatMap((path): readonly Edit[] => {
    const [use, parent] = [path.at(-1), path.at(-2)];
    if (use === undefined) return [];
    const isPart = parent?.kind === 'binary' || parent?.kind === 'unary' || (value.kind === 'var' && parent?.kind !== 'call');
    return [{ span: use.span, newText: isPart ? operandText(site, value) : textOf(site, value) }];
  });
  const gone: Edit = { span: removed(text, block, variable, false), newText: '' };
  const loose = block.variables.length === 1 && isOperand(site, block);
  if (!loose) return [gone, ...edits];
  return [{ ...gone, newText: '(' }, ...edits, { span: { start: block.span.end, end: block.span.end }, newText: ')' }];
}

/** The variable with the blanks behind it, and VAR and RETURN with it where it is the only one. */
function removed(text: string, block: VarBlock, variable: Variable, withoutValue: boolean): Span {
  const { start } = variable.span;
  if (withoutValue) return { start, end: variable.value.span.start };
  const next = block.variables[block.variables.indexOf(variable) + 1];
  if (block.variables.length === 1) return { start, end: block.body.span.start };
  const end = next?.span.start ?? returnOf(text, block);
  const gap = text.slice(variable.span.end, end);
  return { start, end: variable.span.end + (gap.length - gap.trimStart().length) };
}

function isOperand({ segment }: Site, block: VarBlock): boolean {
  let is = false;
  for (const root of expressionsOf(segment.segment.item)) {
    walk(root, (it) => {
      if ((it.kind === 'binary' || it.kind === 'unary') && children(it).includes(block)) is = true;
    });
  }
  return is;
}
