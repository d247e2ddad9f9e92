// What people wrote beside their DAX stays, whatever a fix does to it.
import { describe, expect, it } from 'vitest';
import { allRules } from '../../server/src/lint/index.ts';
import { lintText } from '../support/lint.ts';
import { contact } from './model.ts';

const examples = [...allRules].flatMap(([id, { bad }]) => (bad === undefined || !bad.includes('=') ? [] : [[id, bad] as const]));

/** Places between two pieces of DAX: at each blank, bracket, comma and operator outside of names and texts. */
function gaps(text: string): readonly number[] {
  const found: number[] = [];
  const from = text.indexOf('=') + 1;
  for (const it of text.slice(from).matchAll(/"[^"]*"|'[^']*'|\[[^\]]*\]|\/\/.*|[\p{L}\p{N}_.]+|\s+|==|<>|<=|>=|&&|\|\||[^\s]/gu)) {
    if (it[0].trim() !== '') found.push(from + it.index);
  }
  return found;
}

describe.each(examples)('%s', (id, bad) => {
  it('loses no comment by its fix', () => {
    for (const at of gaps(bad)) {
      const text = `${bad.slice(0, at)}/*kept*/ ${bad.slice(at)}`;
      for (const finding of lintText(text, contact)) {
        for (const fix of finding.fixes) {
          const after = [...fix.edits].sort((a, b) => b.span.start - a.span.start)
            .reduce((all, edit) => all.slice(0, edit.span.start) + edit.newText + all.slice(edit.span.end), text);
          expect(after, `${id}: ${finding.rule}: ${fix.title}: ${text}`).toContain('/*kept*/');
        }
      }
    }
  });
});
