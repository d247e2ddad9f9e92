/** Rules in tests: over a text in a model, or over the files of a workspace. */
import { expect } from 'vitest';
import type { Finding, TextEdit } from '../../server/src/findings/finding.ts';
import { lintSegment } from '../../server/src/lint/index.ts';
import type { Model } from '../../server/src/model/model.ts';
import { bindText, type BoundText } from './analysis.ts';
import { expectFindings, oneFile } from './fixtures.ts';
import { openFixture, uriOf } from './workspace.ts';

/** Findings of analysis and of the rules over segments, in offsets of the text. */
export function lintText(text: string, model: Model): readonly Finding[] {
  const { bounds, measures } = bindText(text, model);
  return bounds.flatMap((bound) => {
    const by = bound.segment.start;
    const isSound = !bound.findings.some((it) => it.category === 'syntax' && it.severity === 'error');
    const own = lintSegment({ segment: bound.segment, bound, model, measures, place: 'file', defines: undefined, isSound });
    return [...bound.findings, ...own].map((it): Finding => ({
      ...it,
      span: { start: it.span.start + by, end: it.span.end + by },
      fixes: it.fixes.map((fix) => ({
        ...fix, edits: fix.edits.map((edit) => ({ ...edit, span: { start: edit.span.start + by, end: edit.span.end + by } })),
      })),
    }));
  });
}

/** Checks that a text has just the findings that its carets expect. */
export function check(source: string, model: Model): BoundText {
  const file = oneFile(source);
  expectFindings(file, lintText(file.text, model));
  return bindText(file.text, model);
}

/**
 * Applies a fix of the only finding of a text and gives the text that results.
 *
 * @param title of the fix, where it has several; else the first
 */
export function fixed(source: string, model: Model, title?: string): string {
  const { text } = oneFile(source);
  const found = lintText(text, model);
  expect(found.map((it) => it.rule)).toHaveLength(1);
  const fixes = found[0]?.fixes ?? [];
  const fix = title === undefined ? fixes[0] : fixes.find((it) => it.title === title);
  if (fix === undefined) throw new Error(`no such fix: ${fixes.map((it) => it.title).join(', ')}`);
  return applied(text, fix.edits);
}

/** Checks that every file of a workspace has just the findings that its carets expect. */
export async function checkFiles(source: string): Promise<void> {
  const { workspace, files } = await openFixture(source);
  for (const file of files) expectFindings(file, await workspace.findings(uriOf(file.path)));
}

/**
 * Applies the first fix of the only finding of a rule in a file of a workspace, and gives the file's text that results.
 * The other files may have findings too.
 */
export async function fixedFile(source: string, path: string, rule: string): Promise<string> {
  const { workspace, files } = await openFixture(source);
  const found = (await workspace.findings(uriOf(path))).filter((it) => it.rule === rule);
  expect(found).toHaveLength(1);
  const [fix] = found[0]?.fixes ?? [];
  const file = files.find((it) => it.path === path);
  if (fix === undefined || file === undefined) throw new Error('a finding with a fix is wanted');
  return applied(file.text, fix.edits.filter((it) => it.uri === undefined || it.uri === uriOf(path)));
}

const applied = (text: string, edits: readonly TextEdit[]): string =>
  [...edits].sort((a, b) => b.span.start - a.span.start)
    .reduce((all, edit) => all.slice(0, edit.span.start) + edit.newText + all.slice(edit.span.end), text);
