/** `npm run corpus -- FILE`: 0 when all is fine, 1 when an expression does not parse or bind, 2 for wrong use or a bad file. */
import { readFileSync } from 'node:fs';
import { readCorpus } from './read.ts';
import { report, runCorpus } from './run.ts';

const usage = `Usage: npm run corpus -- FILE

FILE holds a list of expressions as JSON, each with repo, file, table (or null), object, kind and expression.
Each is parsed (it counts only if its tree gives back every token) and bound in a model rebuilt from what the
expressions of the same model refer to.`;

const args = process.argv.slice(2);
const [file] = args;
if (args.includes('--help') || args.includes('-h')) console.log(usage);
else if (file === undefined || args.length > 1) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const corpus = readCorpus(() => readFileSync(file, 'utf8'));
  if (typeof corpus === 'string') {
    console.error(`${file}: ${corpus}`);
    process.exitCode = 2;
  } else {
    const outcomes = runCorpus(corpus);
    console.log(report(outcomes));
    process.exitCode = outcomes.some((it) => it.verdict === 'not parsed' || it.verdict === 'not bound') ? 1 : 0;
  }
}
