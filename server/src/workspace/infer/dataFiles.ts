/** Which files of a folder a model is made from, and what the model is called. */

/** Of files that hold rows, as globs below a folder. */
export const dataGlobs = ['**/*.csv', '**/*.tsv', '**/*.json', '**/*.ndjson', '**/*.jsonl', '**/*.parquet'] as const;

/** More files than a person reviews. */
export const mostDataFiles = 200;

/** JSON that is about a project, and no rows. */
export const isAboutProject = (path: string): boolean =>
  /(?:\.daxmodel\.json|(?:^|\/)(?:dax-metrics|package|package-lock|tsconfig[^/]*)\.json)$/i.test(path);

/** The name of a model's file: nothing in the model's name leads out of the folder. */
export const modelFileName = (name: string): string =>
  `${name.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '') || 'model'}.daxmodel.yaml`;
