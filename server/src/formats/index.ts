/** The formats room: text and bytes of files → models, projects and columns. */
export { readModelFile, isModelFile, type ModelFileResult } from './modelFile.ts';
export { readProjectFile, defaultProject, projectFileName } from './projectFile.ts';
export { readEntitySchema, type EntitySchema } from './entitySchema.ts';
export { resolveModel, filesNamedBy, faultFinding, type ModelLoader, type LoadFault, type ResolvedModel, type NamedFiles } from './resolveModel.ts';
export { knownColumns } from './checkModel.ts';
export { columnNameOf } from './declare.ts';
export type { Named, RawModel, RawTable, RawColumn, RawSource, RawRelationship, RawChoice } from './rawModel.ts';
export { readTable, readRows, tableReader, type TableReader } from './table/readTable.ts';
export { arraySink, type ArraySink, type CellValue, type ColumnSink, type ReadColumn, type TableFault, type TableRequest, type TableResult, type WantedColumn } from './table/types.ts';
export { serialOf, isoSerial } from './table/dates.ts';
