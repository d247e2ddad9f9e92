/** Analysis: what DAX text means over a model, and the plans that the engine executes. */
export { bind, bindExpressionIn as bindExpression, bindFilterIn as bindFilter } from './bind/bind.ts';
export { carryCircles, measureNode, namedNode, nodesInCircles } from './bind/circles.ts';
export { carryTypes } from './bind/measures.ts';
export { completeModel } from './complete.ts';
export { columnsOfDefinedTable } from './definedTable.ts';
export { dependencyGraph, measureDependency, type Dependency, type DependencyGraph } from './dependencies.ts';
export { watched, type Lookups, type WatchedMeasures } from './lookups.ts';
export { hasMadeUpRows, madeUpReads, madeUpTables } from './madeUp.ts';
export { isNear, manyNames } from './suggest.ts';
export { generatedSources } from './lower/generate/generated.ts';
export { lowerDatabase, type DatabaseFinding } from './lower/database.ts';
export { textsOfSessions } from './sessions.ts';
export { createLowering, type LoweringSource } from './lower/lowering.ts';
export type * from './bound.ts';
export { definitionOf, functionsOf } from './modelFunctions.ts';
