/** A function's hover: its signature, what it does, and its page. */
import type { Argument } from '../../../../grammar/src/tree.ts';
import type { FunctionSpec } from '../../functions/spec.ts';
import { formFor, parameterOf } from '../parameters.ts';
import { pageOf, signatureOf, type Signature } from '../signature.ts';

/**
 * @param args the arguments of the call, to choose between two forms
 * @param argument the argument that the pointer is at, 0-based; its parameter is set in bold
 */
export function functionHover(spec: FunctionSpec, args: readonly Argument[] = [], argument?: number): string {
  const form = formFor(spec, args.length);
  const current = argument === undefined ? undefined : parameterOf(spec, args, argument).index;
  const lines = [markCurrent(signatureOf(spec, form), current)];
  if (spec.otherForm !== undefined) {
    lines.push(markCurrent(signatureOf(spec, form === spec.parameters ? spec.otherForm : spec.parameters), undefined));
  }
  const docs = spec.deprecated === true ? `${spec.docs} Deprecated.` : spec.docs;
  return `${lines.join('  \n')}\n\n${docs}\n\n[${spec.name} in the DAX reference](${pageOf(spec)})`;
}

/** Names of functions and parameters are ours, letters and dots only; brackets are escaped for Markdown. */
function markCurrent(signature: Signature, current: number | undefined): string {
  const marked = current === undefined ? undefined : signature.parameters[current];
  if (marked === undefined) return `\`${signature.label}\``;
  const { label } = signature;
  return `\`${label.slice(0, marked.start)}\`**\`${label.slice(marked.start, marked.end)}\`**\`${label.slice(marked.end)}\``;
}
