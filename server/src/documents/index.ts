/** The documents room: text of files → regions of DAX, and the models these belong to. */
export { readDocument } from './document.ts';
export { mayHoldMetrics, readMarkdown } from './markdown/markdown.ts';
export { modelFor, type ModelCandidates, type ModelHint } from './modelHint.ts';
export type { DocumentRegions, Region } from './region.ts';
export * from './markdown/elements/index.ts';
