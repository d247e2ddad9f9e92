/** The documents room: text of files → regions of DAX, and the models these belong to. */
export { readDocument } from './document.ts';
export { regionsOfModel } from './modelRegions.ts';
export { hasDaxFence, readMarkdown } from './markdown/markdown.ts';
export { modelFor, type ModelCandidates, type ModelHint } from './modelHint.ts';
export type { Defines, DocumentRegions, ElementTable, FenceInfo, FrontMatter, Heading, NamedSpan, Region, Tab, TableCell } from './region.ts';
