/** Snappy: stretches of bytes as they are, and copies of what came before. */
import { ParquetFault } from './fault.ts';
import { viewOf } from './raw.ts';

/** Bytes behind the end of the result that are written to. */
export const snappySlack = 16;

/** @param room memory that the result may be put into, if it is large enough */
export function readSnappy(bytes: Uint8Array, size: number, room?: Uint8Array): Uint8Array {
  const { length } = bytes;
  let at = 0;
  let stated = 0;
  for (let shift = 0; ; shift += 7) {
    if (at >= length || at > 4) throw damaged();
    const it = bytes[at++] as number;
    stated |= (it & 0x7f) << shift;
    if (it < 0x80) break;
  }
  if (stated !== size) throw new ParquetFault('a page has another size than its head says');
  // Several bytes are written at a time, some of them behind the end of what is meant.
  const made = room !== undefined && room.length >= size + snappySlack ? room : new Uint8Array(size + snappySlack);
  const from = viewOf(bytes);
  const to = viewOf(made);
  let used = 0;
  while (at < length) {
    const tag = bytes[at++] as number;
    if ((tag & 3) === 0) {
      let count = tag >>> 2;
      if (count >= 60) {
        const more = count - 59;
        if (at + more > length) throw damaged();
        count = 0;
        for (let i = 0; i < more; i++) count |= (bytes[at + i] as number) << (8 * i);
        if (count < 0) throw damaged();
        at += more;
      }
      count++;
      if (count > length - at || count > size - used) throw damaged();
      if (count <= 16 && at + 16 <= length) {
        // Most stretches are short: without a loop nothing has to be foreseen.
        to.setInt32(used, from.getInt32(at, true), true);
        to.setInt32(used + 4, from.getInt32(at + 4, true), true);
        to.setInt32(used + 8, from.getInt32(at + 8, true), true);
        to.setInt32(used + 12, from.getInt32(at + 12, true), true);
      } else if (at + count + 4 <= length) for (let i = 0; i < count; i += 4) to.setInt32(used + i, from.getInt32(at + i, true), true);
      else made.set(bytes.subarray(at, at + count), used);
      at += count;
      used += count;
      continue;
    }
    let count = (tag >>> 2) + 1;
    let back: number;
    if ((tag & 3) === 1) {
      if (at >= length) throw damaged();
      count = ((tag >>> 2) & 7) + 4;
      back = ((tag >>> 5) << 8) | (bytes[at++] as number);
    } else {
      const more = (tag & 3) === 2 ? 2 : 4;
      if (at + more > length) throw damaged();
      back = 0;
      for (let i = 0; i < more; i++) back |= (bytes[at + i] as number) << (8 * i);
      at += more;
    }
    if (back <= 0 || back > used || count > size - used) throw damaged();
    // What is copied may reach into what the copy makes.
    if (back >= 4 && count <= 16) {
      to.setInt32(used, to.getInt32(used - back, true), true);
      to.setInt32(used + 4, to.getInt32(used + 4 - back, true), true);
      to.setInt32(used + 8, to.getInt32(used + 8 - back, true), true);
      to.setInt32(used + 12, to.getInt32(used + 12 - back, true), true);
    } else if (back >= 4) for (let i = 0; i < count; i += 4) to.setInt32(used + i, to.getInt32(used - back + i, true), true);
    else for (let i = 0; i < count; i++) made[used + i] = made[used - back + i] as number;
    used += count;
  }
  if (used !== size) throw damaged();
  return made.subarray(0, size);
}

const damaged = (): ParquetFault => new ParquetFault('a page is damaged: its compression does not end well');
