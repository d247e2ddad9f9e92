/** The formats room's readers: text and bytes of files → models, projects and columns. */
export { readModelFile } from './modelFile.ts';
export { readProjectFile, defaultProject } from './projectFile.ts';
export { readEntitySchema, type EntitySchema } from './entitySchema.ts';
export { editChoices, type ChoiceChange } from './editChoices.ts';
export { resolveModel, filesNamedBy, faultFinding, type ModelLoader, type LoadFault } from './resolveModel.ts';
export type { RawModel } from './rawModel.ts';
export { delimitedText, ndjsonText } from './table/writeTable.ts';
export { readTable, readRows, tableReader } from './table/readTable.ts';
export type { ArraySink, ByteSource, TableFault, TableRequest, TableResult } from './table/types.ts';
export type { ParquetColumn, ParquetFile } from './parquet/readParquet.ts';
