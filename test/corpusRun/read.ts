// A corpus file: a list of expressions, each with where it comes from.
import type { CorpusEntry } from '../reference/rebuild.ts';

/** The entries of a corpus file, or in words why it is none. */
export function readCorpus(read: () => string): readonly CorpusEntry[] | string {
  let text: string;
  try {
    text = read();
  } catch (error) {
    return reasonOf(error);
  }
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return `no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (!Array.isArray(data)) return 'a list of expressions is wanted, [{ "repo": ..., "expression": ... }, ...]';
  if (data.length === 0) return 'holds no expression';
  const entries: CorpusEntry[] = [];
  for (const [index, it] of (data as readonly unknown[]).entries()) {
    const entry = entryOf(it);
    if (typeof entry === 'string') return `entry ${String(index + 1)}: ${entry}`;
    entries.push(entry);
  }
  return entries;
}

const texts = ['repo', 'file', 'object', 'kind', 'expression'] as const;

function entryOf(it: unknown): CorpusEntry | string {
  if (typeof it !== 'object' || it === null) return 'an object is wanted';
  const fields = new Map<string, unknown>(Object.entries(it));
  const wrong = texts.find((name) => typeof fields.get(name) !== 'string');
  if (wrong !== undefined) return `${wrong} must be text`;
  const table = fields.get('table') ?? null;
  if (table !== null && typeof table !== 'string') return 'table must be text or null';
  const text = (name: string): string => String(fields.get(name));
  return { repo: text('repo'), file: text('file'), table, object: text('object'), kind: text('kind'), expression: text('expression') };
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'is a folder, not a file';
  return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
