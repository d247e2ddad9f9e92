/** Bytes of a text file as text: UTF-8, or what the file's own mark says. */
import type { FileFault } from '../workspace/host.ts';

const marks: readonly (readonly [encoding: 'utf-8' | 'utf-16le' | 'utf-16be', mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** @returns the text without its mark; a fault where a zero byte tells that the file is no text */
export function decodeText(bytes: Uint8Array): string | FileFault {
  const encoding = marks.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte))?.[0] ?? 'utf-8';
  if (encoding === 'utf-8' && bytes.includes(0)) return { fault: 'not-text' };
  return new TextDecoder(encoding).decode(bytes);
}
