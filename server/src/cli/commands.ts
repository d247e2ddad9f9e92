/** The commands: arguments in, exit code out. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { exitCodes, UsageError } from './exit.ts';
import { plain } from './output/terminal.ts';
import packageJson from '../../../package.json';

const program = new Command('dax-metrics')
  .description('Checks, evaluates and tests metric definitions in DAX, offline.')
  .version(packageJson.version)
  .showHelpAfterError('(add --help for usage)')
  .configureOutput({ writeErr: complain })
  .exitOverride();

/** What every command takes. */
const common = (command: Command): Command =>
  command
    .option('-m, --model <name>', 'model of text whose model nothing else tells')
    .option('--root <dir>', 'base of relative paths, and the project for files under none', '.');

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('a whole number is wanted');
  return value;
};

const percent = (text: string): number => {
  const value = Number(text.replace(/%$/, ''));
  if (text.trim() === '' || !(value >= 0 && value <= 100)) throw new InvalidArgumentError('a number from 0 to 100 is wanted');
  return value;
};

const list = (text: string): readonly string[] => text.split(',').map((it) => it.trim()).filter((it) => it !== '');

const collect = (text: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), text];

common(program.command('check'))
  .description('report what is wrong in metric files, pages and models')
  .argument('[paths...]', 'files, folders or globs', ['.'])
  .addOption(new Option('--format <format>', 'output').choices(['stylish', 'json', 'sarif', 'github']).default('stylish'))
  .option('--fix', 'mend what has one certain fix')
  .option('--max-warnings <n>', 'fail above so many warnings', wholeNumber)
  .option('--only <rules>', 'rules or categories, separated by commas', list)
  .action(run(async () => (await import('./check.ts')).checkCommand));

common(program.command('eval'))
  .description('compute metrics, expressions and queries on the sample data')
  .argument('[paths...]', 'files, folders or globs')
  .option('-e, --expression <dax>', 'an expression')
  .option('-q, --query <dax>', 'a query: EVALUATE ...')
  .option('-f, --file <file>', 'a file of metrics, expressions or queries')
  .option('--by <column>', 'columns to break metrics down by: Table[Column], repeated or separated by commas', collect)
  .option('--where <filter>', 'a filter: Table[Column] = value; may be repeated', collect)
  .option('--role <name>', 'a role of the model: values as it sees them')
  .option('--trace', 'tell how each value came about: every sub-expression with its filters, rows, time and value')
  .addOption(new Option('--format <format>', 'output').choices(['table', 'json', 'csv']).default('table'))
  .action(run(async () => (await import('./eval.ts')).evalCommand));

common(program.command('explain'))
  .description('what a metric is made of, down to columns and codes; or what becomes of a row in it')
  .argument('<metric>', 'name of the metric; model::metric where several models have it')
  .option('--row <condition>', "a row: Table[Key] = \"...\"; tells the first step that drops it")
  .addOption(new Option('--format <format>', 'output').choices(['tree', 'mermaid', 'json']).default('tree'))
  .action(run(async () => {
    const { explainCommand } = await import('./explain.ts');
    return (metric: unknown, options: Parameters<typeof explainCommand>[1]) => explainCommand([String(metric)], options);
  }));

common(program.command('test'))
  .description('hold metrics against their @expect tags')
  .argument('[paths...]', 'files, folders or globs', ['.'])
  .option('--update', 'write the computed values into @expect tags that fail, and show the difference')
  .option('--coverage', 'tell which branches of IF, SWITCH, COALESCE and IFERROR no test takes, and which metrics none reads')
  .option('--mutate', 'change the metrics one thing at a time, and list the changes that no expectation notices')
  .option('--min-killed <percent>', 'with --mutate: fail when a smaller share of the changes is noticed', percent)
  .addOption(new Option('--format <format>', 'output').choices(['stylish', 'json', 'junit']).default('stylish'))
  .action(run(async () => (await import('./test.ts')).testCommand));

common(program.command('format'))
  .description('lay out the DAX of metric files and pages; without --check or --write the result goes to standard output')
  .argument('[paths...]', 'files, folders or globs', ['.'])
  .option('--check', 'write nothing; name the files that are not laid out, and fail when there are any')
  .option('--write', 'write the files, and name those that changed')
  .option('--width <n>', 'columns that a line may have', wholeNumber, 100)
  .option('--indent <n>', 'blanks of one level, or the width of a tab', wholeNumber, 4)
  .option('--tabs', 'indent with tabs')
  .addOption(new Option('--style <style>', 'short breaks calls that hold other calls even where they fit').choices(['long', 'short']).default('long'))
  .addOption(new Option('--parentheses <blanks>', 'SUM ( x ), SUM( x ) or SUM(x)').choices(['spaced', 'padded', 'compact']).default('spaced'))
  .option('--no-upper-case', 'leave functions and keywords as they are written')
  .action(run(async () => (await import('./format.ts')).formatCommand));

common(program.command('sample'))
  .description('write made-up rows for the tables of a model, the same ones for the same seed')
  .argument('[model]', 'a model file, or the name of a model; default: the only one there is')
  .requiredOption('--out <dir>', 'folder to write to, made where there is none')
  .option('--rows <n>', 'rows of the largest fact table, a table that no relationship points to; other fact tables keep their proportion, tables that others point to have the rows they ask for, else a root of it (default: what the model says, else 1000)', wholeNumber)
  .option('--seed <n>', 'another seed makes other rows (default: what the model says, else 1)', wholeNumber)
  .addOption(new Option('--format <format>', 'of the files').choices(['csv', 'ndjson']).default('csv'))
  .option('--force', 'write over files that are there')
  .action(run(async () => {
    const { sampleCommand } = await import('./sample.ts');
    return (named: unknown, options: Parameters<typeof sampleCommand>[1]) => sampleCommand(typeof named === 'string' ? named : undefined, options);
  }));

common(program.command('init'))
  .description('make a model file from the data files of a folder: types, keys, relationships and date tables as the rows tell them, for review')
  .argument('[folder]', 'where the files are, itself and below (csv, tsv, json, ndjson, parquet)', '.')
  .option('--name <name>', "of the model (default: the folder's name)")
  .option('--write', 'write the file into the folder instead of to standard output')
  .option('--force', 'with --write: write over a file that is there')
  .action(run(async () => {
    const { initCommand } = await import('./init.ts');
    return (folder: unknown, options: Parameters<typeof initCommand>[1]) => initCommand(String(folder), options);
  }));

common(program.command('import-choices'))
  .description('write the choices of Dataverse metadata into a model file')
  .argument('<metadata...>', 'EntityDefinitions or GlobalOptionSetDefinitions as the Web API returns them, rows with formatted values, or customizations.xml')
  .option('--out <file>', 'a model file to write to, made where there is none, in place of that of -m')
  .option('--language <language>', 'language of labels: 1031 or de-DE; default: labels.language of the project')
  .option('--only <names>', 'choices to write, separated by commas; * stands for any letters', list)
  .option('--check', 'write nothing; fail when something would be written')
  .option('--stdout', 'write the file to standard output, and nothing else')
  .action(run(async () => (await import('./importChoices.ts')).importChoicesCommand));

program
  .command('lsp')
  .description('the language server, for any editor')
  .requiredOption('--stdio', 'speak over standard input and output')
  // The server is a bundle of its own, beside this one: commands start without loading it. Here it is started with
  // options that the entry of the command line does not know.
  .action(async () => {
    const path = await import('node:path');
    require(path.join(__dirname, 'server.js'));
  });

/** Writes to stderr; what came from arguments and files does not steer the terminal. */
function complain(text: string): void {
  process.stderr.write(text.split('\n').map(plain).join('\n'));
}

/** Runs a command and leaves with its exit code once everything is written. Only what the command needs is loaded. */
function run<O>(load: () => Promise<(paths: readonly string[], options: O) => Promise<number>>) {
  return async (paths: readonly string[], options: O): Promise<void> => {
    const command = await load();
    process.exitCode = await command(paths, options);
  };
}

// A reader such as `head` that leaves early is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? exitCodes.fine);
});

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.fine : exitCodes.wrongUse;
  } else if (error instanceof UsageError) {
    complain(`dax-metrics: ${error.message}\n`);
    process.exitCode = exitCodes.wrongUse;
  } else {
    complain(`dax-metrics: this is our own fault, please report it:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = exitCodes.ownFault;
  }
});
