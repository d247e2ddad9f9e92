/** Findings of category syntax: text that is no DAX. */
import { kind } from './define.ts';

const syntax = kind('syntax');

export const syntaxFindings = {
  'unexpected-token': syntax<{ found: string; expected?: string }>(
    'error',
    (p) => `Unexpected ${p.found}.${p.expected === undefined ? '' : ` Expected ${p.expected}.`}`,
    'The text cannot continue like this in DAX. Remove the marked text or complete what stands before it.',
  ),
  'expected-expression': syntax<{ found: string; after?: string }>(
    'error',
    (p) => `An expression is missing${p.after === undefined ? '' : ` after ${p.after}`}${p.found === '' ? '' : `; found ${p.found}`}.`,
    'An operator, a bracket or a keyword must be followed by an expression.',
  ),
  'expected-token': syntax<{ expected: string; found: string }>(
    'error',
    (p) => `Expected ${p.expected}${p.found === '' ? '' : `, found ${p.found}`}.`,
    'The grammar of DAX asks for another word or sign at this place.',
  ),
  'unclosed-bracket': syntax<{ open: string }>(
    'error',
    (p) => `This ${p.open} is never closed.`,
    'Every opening bracket needs its closing one before the definition ends.',
  ),
  'unclosed-string': syntax('error', () => 'This text is never closed. End it with a double quote.',
    'Text stands between double quotes; a quote inside it is doubled.'),
  'unclosed-name': syntax('error', () => 'This name is never closed.',
    "A table name ends with ', a column or measure name with ]."),
  'unclosed-comment': syntax('error', () => 'This comment is never closed. End it with */.',
    'A block comment ends at the first */.'),
  'broken-name': syntax<{ name: string }>(
    'error',
    (p) => `A name cannot span lines. Write [${p.name}].`,
    'A line break stands inside the brackets of a name, often left by a line wrap on a page.',
  ),
  'missing-body': syntax<{ name: string }>(
    'error',
    (p) => `${p.name} has no expression after the equals sign.`,
    'A definition needs an expression.',
  ),
  'smart-quote': syntax<{ found: string; replacement: string }>(
    'error',
    (p) => `${p.found} is a typographic quote. DAX needs ${p.replacement}.`,
    'Word processors replace straight quotes; DAX knows only " and \'.',
  ),
  'invalid-date': syntax<{ text: string }>(
    'error',
    (p) => `dt"${p.text}" is no date. Write dt"YYYY-MM-DD" or dt"YYYY-MM-DDThh:mm:ss".`,
    'Date literals are written year first.',
  ),
  'invalid-character': syntax<{ found: string }>(
    'error', (p) => (p.found === '\\' ? 'DAX knows no backslash. Markdown writes one before brackets; take it out.' : `${p.found} has no meaning in DAX here.`),
    'Remove the character or put the name into quotes. Backslashes before brackets are left over from Markdown.',
  ),
  'local-separators': syntax(
    'error', () => 'This is written with semicolons and decimal commas. Stored DAX uses commas and decimal points.',
    'Some editors show DAX with local separators; what is stored and shared always uses , and . .',
  ),
  prose: syntax('warning', () => 'This text is no DAX.', 'Only definitions, queries and expressions belong here.'),
  placeholder: syntax<{ text: string }>(
    'warning', (p) => `${p.text} is a placeholder. The definition is still missing.`,
    'A fence that is marked as DAX holds a placeholder in place of a definition.',
  ),
  'nested-too-deep': syntax<{ limit: string }>(
    'error', (p) => `Nested deeper than ${p.limit} levels. Split the expression with VAR or into several metrics.`,
    'Nesting is bounded so that no file can exhaust memory.',
  ),
  'segment-too-long': syntax<{ limit: string }>(
    'error', (p) => `Longer than ${p.limit} characters. Split the definition.`,
    'The length of one definition is bounded so that no file can exhaust memory.',
  ),
};
