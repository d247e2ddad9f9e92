/** The formats of `test --mutate`: for people and as JSON. */
import { equivalences, type MutantResult } from '../../workspace/index.ts';
import { brief, paint, plain } from './terminal.ts';

export interface MutationRow {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly metric: string;
  readonly model: string;
  readonly operator: string;
  readonly before: string;
  readonly after: string;
  readonly state: MutantResult['state'];
  readonly because: string | null;
}

export interface MutationRows {
  readonly mutants: readonly MutationRow[];
  readonly equivalent: readonly { readonly rule: keyof typeof equivalences; readonly count: number }[];
  readonly failing: readonly { readonly file: string; readonly metric: string; readonly expectation: string }[];
  readonly unused: readonly { readonly file: string; readonly line: number; readonly column: number }[];
}

const count = ({ mutants }: MutationRows, state: MutantResult['state']): number => mutants.filter((it) => it.state === state).length;

/** Percent of the mutants with a verdict that were killed; one that was judged has survived all the same. undefined: there is none. */
export function killedShare(rows: MutationRows): number | undefined {
  const killed = count(rows, 'killed');
  const all = killed + count(rows, 'survived') + count(rows, 'judged');
  return all === 0 ? undefined : (killed / all) * 100;
}

export function formatMutation(format: 'stylish' | 'json', rows: MutationRows, colours: boolean): string {
  return format === 'json' ? JSON.stringify({ summary: summaryOf(rows), ...rows }, undefined, 2) : stylish(rows, colours);
}

function summaryOf(rows: MutationRows): object {
  const share = killedShare(rows);
  return {
    mutants: rows.mutants.length, killed: count(rows, 'killed'), survived: count(rows, 'survived'),
    judged: count(rows, 'judged'), notEvaluated: count(rows, 'notEvaluated'), percent: share === undefined ? null : Math.floor(share * 10) / 10,
  };
}

function stylish(rows: MutationRows, colours: boolean): string {
  const p = paint(colours);
  const lines: string[] = [];
  const told = rows.mutants.filter((it) => it.state !== 'killed');
  for (const file of new Set(told.map((it) => it.file))) {
    lines.push(p.bold(plain(file)));
    for (const it of told.filter((row) => row.file === file)) {
      const mark = it.state === 'survived' ? p.red('survived') : it.state === 'judged' ? p.green('judged') : p.yellow('not evaluated');
      lines.push(`  ${p.dim(`${String(it.line)}:${String(it.column)}`)}  ${mark}  ${brief(it.metric)}  ${p.dim(it.operator)}  ${shown(it.before)} → ${shown(it.after)}${it.because === null ? '' : p.dim(`  (${brief(it.because)})`)}`);
    }
    lines.push('');
  }
  for (const it of rows.failing) lines.push(`${p.yellow('!')} ${plain(it.file)}  ${brief(it.metric)}: ${brief(it.expectation)} fails as it stands, and kills nothing`);
  for (const it of rows.unused) lines.push(`${p.yellow('!')} ${plain(it.file)}:${String(it.line)}  judges no survivor, or gives no reason`);
  for (const it of rows.equivalent) lines.push(p.dim(`${String(it.count)} not made: ${equivalences[it.rule]} (${it.rule})`));
  if (rows.failing.length + rows.unused.length + rows.equivalent.length > 0) lines.push('');
  const share = killedShare(rows);
  const percent = share === undefined ? '' : ` (${(Math.floor(share * 10) / 10).toFixed(1)} %)`;
  const judged = count(rows, 'judged');
  lines.push(`${rows.mutants.length === 1 ? '1 mutant' : `${String(rows.mutants.length)} mutants`}, ${String(count(rows, 'killed'))} killed${percent}, ${String(count(rows, 'survived'))} survived${judged === 0 ? '' : `, ${String(judged)} judged`}, ${String(count(rows, 'notEvaluated'))} not evaluated`);
  return lines.join('\n');
}

const shown = (text: string): string => (text.trim() === '' ? 'nothing' : brief(text.trim().replace(/\s+/g, ' ')));
