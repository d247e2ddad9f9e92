/** What `test --coverage` adds: the metrics with choices, how many of their branches were taken, and which never were. */
import { brief, paint, plain, textTable } from './terminal.ts';

export interface CoverageRow {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly metric: string;
  /** Whether a test reads the metric. */
  readonly read: boolean;
  readonly branches: readonly BranchRow[];
}

export interface BranchRow {
  readonly line: number;
  readonly column: number;
  /** The function that chooses: `SWITCH`. */
  readonly function: string;
  /** When the branch is taken: `then`, or what SWITCH compares with. */
  readonly branch: string;
  /** Its text, on one line. */
  readonly text: string;
  /** In how many contexts it gave the value; 0: never. */
  readonly taken: number;
}

/** For people: a line for each metric that has branches or that no test reads, and the branches never taken. */
export function coverageText(rows: readonly CoverageRow[], colours: boolean): string {
  const p = paint(colours);
  const shown = rows.filter((it) => it.branches.length > 0 || !it.read);
  const table = textTable(
    ['metric', 'branches taken', 'where'],
    shown.map((it) => [it.metric, it.read ? share(it) : 'not read by a test', `${it.file}:${String(it.line)}`]),
    [false, false, false],
  );
  const never = shown.filter((it) => it.read).flatMap((it) => it.branches.filter(isNever).map((branch) =>
    `  ${p.yellow('○')} ${plain(it.metric)} ${p.dim(`${it.file}:${String(branch.line)}:${String(branch.column)}`)}  ${branch.function} ${brief(branch.branch)}: ${brief(branch.text)}`));
  const all = rows.flatMap((it) => it.branches);
  const taken = all.filter((it) => !isNever(it)).length;
  const counts = `${String(taken)} of ${String(all.length)} branches taken, ${String(rows.filter((it) => it.read).length)} of ${String(rows.length)} metrics read by a test`;
  return [...(shown.length === 0 ? [] : [table, '']), ...(never.length === 0 ? [] : ['never taken:', ...never, '']), counts].join('\n');
}

const isNever = ({ taken }: BranchRow): boolean => taken === 0;

const share = ({ branches }: CoverageRow): string => `${String(branches.filter((it) => !isNever(it)).length)} of ${String(branches.length)}`;
