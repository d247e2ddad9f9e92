// Reads a .zip file's table of contents and single members.
import { inflateRawSync } from 'node:zlib';

/** @typedef {{ name: string, bytes: number, read(): Buffer }} ZipMember */

/**
 * Members of an archive without encryption or ZIP64.
 * @param {Buffer} zip
 * @returns {readonly ZipMember[]}
 */
export function zipMembers(zip) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('no zip archive');
  const count = zip.readUInt16LE(end + 10);
  const members = [];
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    const method = zip.readUInt16LE(at + 10);
    const packed = zip.readUInt32LE(at + 20);
    const bytes = zip.readUInt32LE(at + 24);
    const nameLength = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    members.push({
      name,
      bytes,
      read() {
        const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
        const content = zip.subarray(data, data + packed);
        return method === 0 ? content : inflateRawSync(content);
      },
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return members;
}
