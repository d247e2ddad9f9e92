/** Files that commands write: in the encoding in which they stand. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { fileName } from '../base/uri.ts';
import { UsageError } from './exit.ts';

/** @throws UsageError when the file cannot be written */
export async function writeText(uri: string, text: string): Promise<void> {
  const file = fileURLToPath(uri);
  try {
    await writeFile(file, encoded(await readFile(file), text));
  } catch {
    throw new UsageError(`${fileName(uri)} cannot be written`);
  }
}

/** @param before the file as it stands: a byte order mark is kept, and so is what it says */
function encoded(before: Uint8Array, text: string): Uint8Array {
  const [a, b, c] = before;
  if (a === 0xff && b === 0xfe) return Buffer.from(`\ufeff${text}`, 'utf16le');
  if (a === 0xfe && b === 0xff) return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  return Buffer.from(a === 0xef && b === 0xbb && c === 0xbf ? `\ufeff${text}` : text, 'utf8');
}
