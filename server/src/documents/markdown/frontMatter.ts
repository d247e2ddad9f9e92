/** YAML front matter of a Markdown page: its place, and the models that it names. */
import { span } from '../../base/spans.ts';
import { entryOf, type LocatedNode } from '../../formats/located/node.ts';
import { parseYaml } from '../../formats/located/yaml.ts';
import type { FrontMatter, NamedSpan } from '../region.ts';
import { lineFrom } from './lines.ts';

const key = 'dax-model';

/** Longer front matter is passed over unread. */
const maximumLength = 100_000;

/**
 * Reads front matter.
 *
 * @param text the page
 * @param start where the page begins, behind a byte order mark
 * @returns undefined when the page does not begin with `---`, or it is never closed
 */
export function readFrontMatter(text: string, start: number): FrontMatter | undefined {
  const open = lineFrom(text, start);
  if (text.slice(open.start, open.end).trimEnd() !== '---') return undefined;
  for (let line = lineFrom(text, open.next); line.start < text.length; line = lineFrom(text, line.next)) {
    const mark = text.slice(line.start, Math.min(line.end, line.start + 4)).trimEnd();
    if ((mark !== '---' && mark !== '...') || text.slice(line.start, line.end).trimEnd() !== mark) continue;
    return { span: span(start, line.next), models: modelsIn(text.slice(open.next, line.start), open.next) };
  }
  return undefined;
}

function modelsIn(yaml: string, offset: number): readonly NamedSpan[] {
  if (yaml.length > maximumLength || !yaml.includes(key)) return [];
  const value = entryOf(parseYaml(yaml).root, key)?.value;
  const nodes: readonly LocatedNode[] = value === undefined ? [] : value.kind === 'list' ? value.items : [value];
  return nodes.flatMap((it) =>
    it.kind === 'scalar' && typeof it.value === 'string' && it.value !== ''
      ? [{ name: it.value, span: span(it.span.start + offset, it.span.end + offset) }]
      : [],
  );
}
