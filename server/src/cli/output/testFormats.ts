/** The formats of `test`: for people, as JSON, and as JUnit's XML. */
import { brief, paint, plain } from './terminal.ts';
import { xml } from './xml.ts';

export type TestFormat = 'stylish' | 'json' | 'junit';

export interface TestRow {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly kind: 'expectation' | 'comparison';
  readonly metric: string;
  readonly model: string | null;
  /** The tag as written: `@expect 96 where ...`. */
  readonly expectation: string;
  readonly state: 'passed' | 'failed' | 'updated';
  readonly expected: string;
  readonly actual: string;
  /** Groups that part, one a line. */
  readonly details: readonly string[];
  /** Tables with made-up rows on which the values depend. */
  readonly generated?: readonly string[];
  readonly milliseconds: number;
}

export function formatTest(format: TestFormat, rows: readonly TestRow[], colours: boolean): string {
  switch (format) {
    case 'stylish':
      return stylish(rows, colours);
    case 'json':
      return JSON.stringify(rows, undefined, 2);
    case 'junit':
      return junit(rows);
  }
}

function stylish(rows: readonly TestRow[], colours: boolean): string {
  const p = paint(colours);
  const lines: string[] = [];
  for (const file of new Set(rows.map((it) => it.file))) {
    const own = rows.filter((it) => it.file === file);
    const failed = own.filter((it) => it.state === 'failed').length;
    lines.push(`${failed > 0 ? p.red('✗') : p.green('✓')} ${p.bold(plain(file))} ${p.dim(counts(own))}`);
    // A comparison tells where two metrics part even where that is no failure.
    for (const it of own.filter((row) => row.state !== 'passed' || row.kind === 'comparison')) {
      const mark = it.state === 'failed' ? p.red('✗') : it.state === 'updated' ? p.yellow('↻') : it.details.length === 0 ? p.green('=') : p.yellow('≠');
      lines.push(`  ${mark} ${plain(it.metric)} ${p.dim(`${String(it.line)}:${String(it.column)}`)}  ${brief(it.expectation)}${it.state === 'passed' ? madeUp(it) : ''}`);
      if (it.state !== 'passed') lines.push(`      expected ${brief(it.expected)}, ${it.state === 'failed' ? 'got' : 'now'} ${brief(it.actual)}${madeUp(it)}`);
      for (const detail of it.details) lines.push(`      ${brief(detail)}`);
    }
  }
  const count = (state: TestRow['state']): number => rows.filter((it) => it.state === state).length;
  const updated = count('updated');
  lines.push('', `${String(count('passed'))} passed, ${String(count('failed'))} failed${updated > 0 ? `, ${String(updated)} updated` : ''}`);
  return lines.join('\n');
}

/** What a value from made-up rows carries behind it, here as in `eval`. */
const madeUp = ({ generated }: TestRow): string => (generated === undefined ? '' : ' (generated)');

function counts(rows: readonly TestRow[]): string {
  const comparisons = rows.filter((it) => it.kind === 'comparison').length;
  const expectations = `${String(rows.length - comparisons)} expectations`;
  return comparisons === 0 ? expectations : `${expectations}, ${String(comparisons)} comparison${comparisons === 1 ? '' : 's'}`;
}

function junit(rows: readonly TestRow[]): string {
  const seconds = (it: readonly TestRow[]): string => (it.reduce((sum, row) => sum + row.milliseconds, 0) / 1000).toFixed(3);
  const failures = (it: readonly TestRow[]): number => it.filter((row) => row.state === 'failed').length;
  const suites = [...new Set(rows.map((it) => it.file))].map((file) => {
    const own = rows.filter((it) => it.file === file);
    const cases = own.map((it) => {
      const name = `${it.metric} ${it.expectation}`;
      const head = `    <testcase classname="${xml(file)}" name="${xml(name)}" file="${xml(file)}" line="${String(it.line)}" time="${seconds([it])}"`;
      const told = it.kind === 'comparison' && it.details.length > 0 ? `\n      <system-out>${xml(it.details.join('\n'))}</system-out>` : '';
      if (it.state !== 'failed') return told === '' ? `${head}/>` : `${head}>${told}\n    </testcase>`;
      const message = `expected ${it.expected}, got ${it.actual}${madeUp(it)}`;
      return `${head}>\n      <failure message="${xml(message)}">${xml(it.details.join('\n'))}</failure>\n    </testcase>`;
    });
    return `  <testsuite name="${xml(file)}" tests="${String(own.length)}" failures="${String(failures(own))}" time="${seconds(own)}">\n${cases.join('\n')}\n  </testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites tests="${String(rows.length)}" failures="${String(failures(rows))}" time="${seconds(rows)}">\n${suites.join('\n')}\n</testsuites>`;
}
