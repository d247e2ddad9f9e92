/** HTML blocks of CommonMark: lines in which no Markdown is read. */

/** What ends an open HTML block: a text on one of its lines, or a blank line. */
export type HtmlEnd = { readonly kind: 'text'; readonly pattern: RegExp } | { readonly kind: 'blank' };

const blockTags =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|' +
  'figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|' +
  'p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul';

const starts: readonly { readonly start: RegExp; readonly end: HtmlEnd; readonly interrupts: boolean }[] = [
  { start: /^<(?:script|pre|style|textarea)(?:[\s>]|$)/i, end: { kind: 'text', pattern: /<\/(?:script|pre|style|textarea)>/i }, interrupts: true },
  { start: /^<!--/, end: { kind: 'text', pattern: /-->/ }, interrupts: true },
  { start: /^<\?/, end: { kind: 'text', pattern: /\?>/ }, interrupts: true },
  { start: /^<![A-Za-z]/, end: { kind: 'text', pattern: />/ }, interrupts: true },
  { start: /^<!\[CDATA\[/, end: { kind: 'text', pattern: /\]\]>/ }, interrupts: true },
  { start: new RegExp(`^</?(?:${blockTags})(?:[\\s>]|/>|$)`, 'i'), end: { kind: 'blank' }, interrupts: true },
  { start: /^<\/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?\/?>\s*$/, end: { kind: 'blank' }, interrupts: false },
];

/** The HTML block that a line opens, given the line from its first `<` on, and whether it closes on the same line. */
export function htmlBlock(line: string, inParagraph: boolean): { readonly end: HtmlEnd; readonly closed: boolean } | undefined {
  if (!line.startsWith('<')) return undefined;
  const found = starts.find((it) => it.start.test(line) && (it.interrupts || !inParagraph));
  if (found === undefined) return undefined;
  return { end: found.end, closed: found.end.kind === 'text' && found.end.pattern.test(line) };
}
