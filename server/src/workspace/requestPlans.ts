/** Plans and jobs of requests: the texts of a request, lowered with what they see. */
import { parseFile } from '../../../grammar/src/index.ts';
import { createLowering } from '../analysis/index.ts';
import { functionNamed } from '../functions/index.ts';
import type { Job } from '../plan/plan.ts';
import type { DefinedNames } from './definedNames.ts';
import type { EvaluationRequest, ModelView } from './types.ts';

export type Lowering = ReturnType<typeof createLowering>;

/** A plan for each EVALUATE of a query; none where it cannot be read. */
export function plansIn(query: string, lowering: Lowering): ReturnType<Lowering['query']> {
  const { segments } = parseFile(query, { isFunction: (name) => functionNamed(name) !== undefined });
  const [segment] = segments;
  if (segments.length !== 1 || segment?.item.kind !== 'query' || segment.problems.length > 0) return [];
  return lowering.query(segment.item, segment.text);
}

interface RequestGroup {
  readonly measures: ModelView['measures'];
  readonly defined: DefinedNames;
  readonly role: string | undefined;
  /** Places of its requests in the list. */
  readonly indices: readonly number[];
}

/** Requests that see the same metrics share a job, and with it scans. */
export function requestGroups(view: ModelView, requests: readonly EvaluationRequest[]): readonly RequestGroup[] {
  const groups: (RequestGroup & { readonly indices: number[] })[] = [];
  requests.forEach(({ measures = view.measures, defined = view.defined, role }, i) => {
    const group = groups.find((it) => it.measures === measures && it.defined === defined && it.role === role);
    if (group === undefined) groups.push({ measures, defined, role, indices: [i] });
    else group.indices.push(i);
  });
  return groups;
}

export const inRole = (job: Job, role: string | undefined): Job => (role === undefined ? job : { ...job, role });

export function loweringFor(view: ModelView, measures: ModelView['measures'], defined: DefinedNames): Lowering {
  const { tables, columns } = view.defined;
  return createLowering(view.model, measures, undefined, { ...defined, tables, columns }, besides(view.defined, defined));
}

/** Tables and columns of a page: they are no part of the database. */
const besides = (model: DefinedNames, own: DefinedNames): Pick<DefinedNames, 'tables' | 'columns'> | undefined =>
  own === model ? undefined : { tables: without(own.tables, model.tables), columns: without(own.columns, model.columns) };

const without = <T>(all: ReadonlyMap<string, T>, known: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
  new Map([...all].filter(([key, it]) => known.get(key) !== it));
