/** Analysis: what DAX text means over a model, and the plans that the engine executes. */
export { bind, bindExpressionIn as bindExpression, bindFilterIn as bindFilter } from './bind/bind.ts';
export { completeModel } from './complete.ts';
export { dependencyGraph, measureDependency, type Dependency, type DependencyGraph } from './dependencies.ts';
export { lowerDatabase, type DatabaseFinding } from './lower/database.ts';
export { createLowering, type LoweringSource } from './lower/lowering.ts';
export type * from './bound.ts';
