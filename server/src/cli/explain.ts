/** `dax-metrics explain`: what a metric is made of, or what becomes of a row in it. */
import { closest } from '../base/closest.ts';
import type { MeasureSymbol } from '../analysis/bound.ts';
import { quoteColumn } from '../../../grammar/src/index.ts';
import { dependencyTree, madeUpIn, metricQuery, rowFate } from '../workspace/index.ts';
import { madeUpNote } from './output/madeUpNote.ts';
import type { ModelView } from '../workspace/types.ts';
import { exitCodes, UsageError } from './exit.ts';
import { formatDependencies, formatFate, type ExplainFormat } from './output/explainFormats.ts';
import { openProject, type CommonOptions, type OpenProject } from './project.ts';

export interface ExplainOptions extends CommonOptions {
  readonly row?: string;
  readonly format: ExplainFormat;
}

export async function explainCommand(names: readonly string[], options: ExplainOptions): Promise<number> {
  const [name = ''] = names;
  if (options.row !== undefined && options.format === 'mermaid') throw new UsageError('--format mermaid draws dependencies; the fate of a row is a tree or JSON');
  const project = await openProject([], options);
  try {
    const { view, metric } = await metricNamed(project, name, options.model);
    if (options.row === undefined) {
      process.stdout.write(`${formatDependencies(options.format, dependencyTree(view, metric))}\n`);
      return exitCodes.fine;
    }
    const fate = await rowFate(project.workspace, view, metric, options.row);
    if ('problem' in fate) throw new UsageError(`--row ${options.row}: ${fate.problem}`);
    process.stdout.write(`${formatFate(options.format, fate, process.stdout.isTTY)}\n`);
    const madeUp = madeUpIn(view, { query: metricQuery({ expression: quoteColumn(metric.name), name: 'v', where: [options.row] }) });
    if (madeUp.length > 0) process.stderr.write(madeUpNote(madeUp));
    if (fate.rows === 0) return exitCodes.findings;
    return fate.leaves.some((it) => it.fate === 'unknown') ? exitCodes.findings : exitCodes.fine;
  } finally {
    project.dispose();
  }
}

/** `model::metric`, `[metric]` or `metric`. */
async function metricNamed({ workspace }: OpenProject, text: string, model: string | undefined): Promise<{ readonly view: ModelView; readonly metric: MeasureSymbol }> {
  const [, named, rest = text] = /^(.+?)::(.*)$/s.exec(text) ?? [];
  const wanted = (named ?? model)?.trim().toLowerCase();
  const name = rest.trim().replace(/^\[(.*)\]$/s, '$1').replaceAll(']]', ']').toLowerCase();
  const models = (await workspace.models()).filter((it) => wanted === undefined || it.name.toLowerCase() === wanted);
  const found = models.flatMap((view) => [...view.measures.values()].filter((it) => it.name.toLowerCase() === name).map((metric) => ({ view, metric })));
  const [first, ...others] = found;
  if (others.length > 0) throw new UsageError(`several models have a metric ${text}, name one with -m: ${found.map((it) => it.view.name).join(', ')}`);
  if (first !== undefined) return first;
  const near = closest(name, new Set(models.flatMap((it) => [...it.measures.values()].map((metric) => metric.name))));
  throw new UsageError(`there is no metric ${text}${near === undefined ? '' : `; did you mean ${near}?`}`);
}
