/** The workspace: the one object that every host uses. */
export { createWorkspace, type WorkspaceOptions } from './createWorkspace.ts';
export { evaluateDocument, evaluateText, type Evaluated, type EvaluationContext } from './evaluated.ts';
export { dependencyTree, type DependencyNode } from './explain/dependencyTree.ts';
export { rowFate, type LeafFate, type RowFate } from './explain/rowFate.ts';
export { dataGlobs, isAboutProject, modelFileName, mostDataFiles } from './infer/dataFiles.ts';
export { inferModel, type InferredModel } from './infer/inferModel.ts';
export { madeUpIn } from './madeUp.ts';
export { metricQuery } from './queries.ts';
export { isOurs } from './texts.ts';
export { runMutations, type MutantResult, type MutationReport } from './mutation/runMutations.ts';
export { equivalences } from './mutation/equivalent.ts';
export { sampleRows, sampledTables, type SampleText } from './sampleRows.ts';
export { testCoverage } from './testCoverage.ts';
export { runExpectations, testsIn } from './tests.ts';
export { namedModel, type ExpectationResult } from './tagRun.ts';
