/** Names, labels and values as text of a page: nothing of them is a mark of Markdown. */
import type { RowValue } from '../../model/model.ts';
import { asPlain } from '../markdown.ts';

/** Longest name or label that is written, in characters. */
const longest = 120;

/** Text in which signs of Markdown and HTML stand for themselves; underscores inside a word do anyway. Pipes are left to who writes cells. */
export const inMarkdown = (text: string): string => asPlain(text, longest).replace(/[\\`*[\]<>&]/g, '\\$&');

/** A value as conditions of pages write it. */
export const literalText = (value: RowValue): string => (typeof value === 'string' ? `'${inMarkdown(value)}'` : String(value));
