/** `dax-metrics format`: lays out metric files and the fences of pages. */
import { relativeTo } from '../base/uri.ts';
import { formatted } from '../ide/formatting/format.ts';
import { defaultFormat, type FormatSettings } from '../ide/formatting/style.ts';
import { exitCodes, UsageError } from './exit.ts';
import { writeText } from './files.ts';
import { openProject, type CommonOptions } from './project.ts';

export interface FormatOptions extends CommonOptions {
  readonly check?: true;
  readonly write?: true;
  readonly width: number;
  readonly indent: number;
  readonly tabs?: true;
  readonly style: FormatSettings['lineStyle'];
  readonly parentheses: FormatSettings['parentheses'];
  /** `--no-upper-case`. */
  readonly upperCase: boolean;
}

/** Columns below which nothing can be read, as in the editor's setting. */
const leastWidth = 20;
const mostIndent = 16;

export async function formatCommand(paths: readonly string[], options: FormatOptions): Promise<number> {
  if (options.check === true && options.write === true) throw new UsageError('--check writes nothing; leave out --write');
  if (options.width < leastWidth) throw new UsageError(`--width is ${leastWidth} at least`);
  if (options.indent < 1 || options.indent > mostIndent) throw new UsageError(`--indent is 1 to ${mostIndent}`);
  const settings = { ...defaultFormat, maxWidth: options.width, lineStyle: options.style, parentheses: options.parentheses, upperCase: options.upperCase };
  const project = await openProject(paths, options);
  try {
    let [looked, changed] = [0, 0];
    for (const uri of project.files) {
      const document = await project.workspace.document(uri);
      if (document === undefined || (document.kind !== 'dax' && document.kind !== 'markdown')) continue;
      looked++;
      const text = formatted({ uri, text: document.text, languageId: document.kind }, settings, { tabSize: options.indent, insertSpaces: options.tabs !== true });
      if (options.check !== true && options.write !== true) process.stdout.write(text);
      if (text === document.text) continue;
      changed++;
      if (options.write === true) await writeText(uri, text);
      if (options.check === true || options.write === true) process.stdout.write(`${relativeTo(project.root, uri)}\n`);
    }
    if (looked === 0) throw new UsageError('no metric file or page found');
    if (options.check === true && changed > 0) process.stderr.write(`dax-metrics: ${changed} of ${looked} ${looked === 1 ? 'file' : 'files'} not formatted; --write formats them\n`);
    return options.check === true && changed > 0 ? exitCodes.findings : exitCodes.fine;
  } finally {
    project.dispose();
  }
}
