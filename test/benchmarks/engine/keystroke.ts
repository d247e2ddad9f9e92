/**
 * From the start of the server to the first values, and from a keystroke in the text of a metric to its new value in the
 * text, over LSP as an editor speaks it, with sessions of any number on disk. `--rows 5000,100000,1000000`, `--strokes 60`, `--folder DIR`; `--dist DIR` is where the server is.
 */
import { copyFileSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { startServer } from '../server.mjs';
import { modelText } from './ours.ts';
import { channels, reasons, writeRows, type Files } from './rows.ts';

const { values: options } = parseArgs({
  args: process.argv.slice(2), strict: false,
  options: { rows: { type: 'string' }, strokes: { type: 'string' }, folder: { type: 'string' }, dist: { type: 'string' }, arguments: { type: 'string' } },
});
const text = (it: string | boolean | undefined, or: string): string => (typeof it === 'string' ? it : or);
const folder = text(options.folder, path.join(tmpdir(), 'dax-metrics-bench'));
const dist = text(options.dist, 'dist');
const strokes = Number(text(options.strokes, '60'));
const warmUp = 10;

/** What stands where a digit is typed. */
const MARK = '1000';

const metrics = `/// Conversations that were rejected on a channel.
Rejected = CALCULATE(DISTINCTCOUNT(S[ConversationId]), S[Reason] = ${reasons[1] ?? ''}, S[Channel] = ${channels[2] ?? ''}, S[WaitSeconds] <> ${MARK})

Sessions = COUNTROWS(S)

/// @format 0.0%
Rejected rate = DIVIDE([Rejected], [Sessions])

Average wait = AVERAGE(S[WaitSeconds])

Long handling = SUMX(S, IF(S[HandleSeconds] > 1200, S[HandleSeconds], 0))

East wait = CALCULATE(SUM(S[WaitSeconds]), Team[Region] = "East")
`;

/** A file of the workspace under another name: linked, or copied where that cannot be. */
function put(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

function workspaceOf(files: Files): string {
  const workspace = mkdtempSync(path.join(tmpdir(), 'dax-keystroke-'));
  put(files.sessions, path.join(workspace, 'sessions.csv'));
  for (const name of ['agents', 'teams', 'dates'] as const) put(files[name], path.join(workspace, `${name}.csv`));
  writeFileSync(path.join(workspace, 'centre.daxmodel.yaml'), modelText('sessions.csv'));
  writeFileSync(path.join(workspace, 'metrics.dax'), metrics);
  return workspace;
}

async function measure(count: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const workspace = workspaceOf(writeRows(folder, count));
  const file = path.join(workspace, 'metrics.dax');
  try {
    const flags = JSON.parse(readFileSync(text(options.arguments, 'client/src/serverArguments.json'), 'utf8')) as readonly string[];
    const server = startServer([path.join(dist, 'cli.js'), 'lsp', '--stdio'], { cwd: workspace, folder: `${pathToFileURL(workspace).href}/`, flags });
    const { milliseconds: opened } = await server.open(pathToFileURL(file).href, 'dax', metrics);
    const { milliseconds: first } = await server.editForHints(undefined, '');
    const line = metrics.slice(0, metrics.indexOf(MARK)).split('\n');
    const place = { line: line.length - 1, character: (line.at(-1) ?? '').length };
    const times: number[] = [];
    let length = MARK.length;
    for (let stroke = 0; stroke < strokes + warmUp; stroke++) {
      const typed = String(1000 + stroke);
      const { milliseconds, labels } = await server.editForHints({ start: place, end: { ...place, character: place.character + length } }, typed);
      length = typed.length;
      if (labels.length !== 6 || labels.some((it: string) => it.includes('?'))) throw new Error(`no values: ${JSON.stringify(labels)}`);
      if (stroke >= warmUp) times.push(milliseconds);
    }
    await server.end();
    times.sort((a, b) => a - b);
    const at = (part: number): string => (times[Math.min(times.length - 1, Math.ceil(part * times.length) - 1)] ?? Number.NaN).toFixed(1);
    console.log(`${count.toLocaleString('en-US').padStart(9)} sessions: start → first values ${(opened + first).toFixed(0).padStart(6)}; keystroke → value p50 ${at(0.5).padStart(6)}, p95 ${at(0.95).padStart(6)}`);
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

console.log('\nFrom a keystroke to the new value in the text, of six metrics; milliseconds');
for (const count of text(options.rows, '5000,100000,1000000').split(',').map(Number)) await measure(count);
