/** What a metric page says around its DAX. */
export { pageElements } from './blocks.ts';
export type {
  CellState, Clause, Condition, ElementItem, ElementKind, Literal, LooseCode, MetricBlock, Note, Operator, PageElement, PageElements, PageProse, Piece, PlainWord, Reference,
} from './types.ts';
