/** The grammar's entry: DAX text to trees, and trees back to text. */
export { parseExpression, type ParsedExpression } from './expression.ts';
export { parseFile, type ParseOptions } from './file.ts';
export { headerOf, segmentTokens, tokenize, tokenizeExpression, type Token, type TokenKind } from './tokenize.ts';
export { canonicalExpression, canonicalHash, printExpression, sameExpression } from './print.ts';
export { printItem } from './printItem.ts';
export { children, expressionsOf, walk } from './walk.ts';
export { applied, joinTouching, layoutEdits, type LayoutEdit, type LayoutOptions } from './layout/layout.ts';
export { quoteColumn, quoteString, quoteTable } from './quote.ts';
export { maxDepth } from './depth.ts';
export { readingWork, type Work } from './work.ts';
export type * from './tree.ts';
