/** Comments of HTML on a Markdown page. */
import { span, type Span } from '../../base/spans.ts';

/**
 * Finds comments.
 *
 * @param from where the page begins, behind its front matter
 * @param fences places in which nothing is read, in order
 * @returns from `<!--` to `-->`; one that is never closed is none
 */
export function commentsIn(text: string, from: number, fences: readonly Span[]): readonly Span[] {
  const comments: Span[] = [];
  let fence = 0;
  for (let start = text.indexOf('<!--', from); start >= 0; ) {
    while ((fences[fence]?.end ?? Infinity) <= start) fence++;
    const around = fences[fence];
    if (around !== undefined && around.start <= start) {
      start = text.indexOf('<!--', around.end);
      continue;
    }
    const close = text.indexOf('-->', start + 4);
    if (close < 0) break;
    comments.push(span(start, close + 3));
    start = text.indexOf('<!--', close + 3);
  }
  return comments;
}
