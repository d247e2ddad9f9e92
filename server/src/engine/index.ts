/** The engine room: a database is opened once, and jobs are run over it. */
export { openDatabase, type Database, type Load } from './database.ts';
export { eachMadeUpTable, type MadeUpTable, type NoRows } from './generated.ts';
export { runJob, type RunOptions } from './run.ts';
export { loadedFrom, loadedLater, requestFor } from './sources/read.ts';
export type { Loaded, RawColumn, RawTable } from './sources/raw.ts';
