/** Thrift's compact protocol, in which Parquet writes its footer and the heads of its pages: fields by id. */
import { ParquetFault } from './fault.ts';

export type ThriftValue = number | boolean | Uint8Array | readonly ThriftValue[] | ThriftStruct;
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

/** Structures within structures; Parquet has a handful. */
const deepest = 32;

/** Reads a structure. @returns it, and the offset behind it */
export function readStruct(bytes: Uint8Array, start: number): { readonly value: ThriftStruct; readonly end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start;

  function byte(): number {
    if (at >= bytes.length) throw new ParquetFault('it ends within its description');
    return bytes[at++] as number;
  }

  /** Up to 64 bits; numbers that no size is are rounded. */
  function varint(): number {
    let value = 0;
    let factor = 1;
    for (let i = 0; i < 10; i++) {
      const it = byte();
      value += (it & 0x7f) * factor;
      if (it < 0x80) return value;
      factor *= 128;
    }
    throw new ParquetFault('a number in its description is too long');
  }

  function zigzag(): number {
    const value = varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  function binary(): Uint8Array {
    const length = varint();
    if (length > bytes.length - at) throw new ParquetFault('a text in its description is longer than the file');
    at += length;
    return bytes.subarray(at - length, at);
  }

  function list(depth: number): ThriftValue[] {
    const head = byte();
    const size = head >> 4 === 15 ? varint() : head >> 4;
    // Every element takes a byte at least.
    if (size > bytes.length - at) throw new ParquetFault('a list in its description is longer than the file');
    const values: ThriftValue[] = [];
    for (let i = 0; i < size; i++) values.push(element(head & 15, depth, true));
    return values;
  }

  function element(type: number, depth: number, inList: boolean): ThriftValue {
    switch (type) {
      case 1: return inList ? byte() === 1 : true;
      case 2: return inList ? byte() === 1 : false;
      case 3: return (byte() << 24) >> 24;
      case 4: case 5: case 6: return zigzag();
      case 7: {
        if (at + 8 > bytes.length) throw new ParquetFault('it ends within its description');
        at += 8;
        return view.getFloat64(at - 8, true);
      }
      case 8: return binary();
      case 9: case 10: return list(depth + 1);
      case 12: return struct(depth + 1);
      default: throw new ParquetFault('its description is damaged');
    }
  }

  function struct(depth: number): ThriftStruct {
    if (depth > deepest) throw new ParquetFault('its description is nested too deeply');
    const fields = new Map<number, ThriftValue>();
    let id = 0;
    for (;;) {
      const head = byte();
      if ((head & 15) === 0) return fields;
      id = head >> 4 === 0 ? zigzag() : id + (head >> 4);
      fields.set(id, element(head & 15, depth, false));
    }
  }

  return { value: struct(0), end: at };
}

/** A field that is a number; `missing` where there is none. */
export function numberIn<T extends number | undefined>(struct: ThriftStruct | undefined, id: number, missing: T): number | T {
  const value = struct?.get(id);
  return typeof value === 'number' ? value : missing;
}

export function structIn(struct: ThriftStruct | undefined, id: number): ThriftStruct | undefined {
  const value = struct?.get(id);
  return value instanceof Map ? (value as ThriftStruct) : undefined;
}

export function listIn(struct: ThriftStruct | undefined, id: number): readonly ThriftValue[] {
  const value = struct?.get(id);
  return Array.isArray(value) ? (value as readonly ThriftValue[]) : [];
}

export function structsIn(struct: ThriftStruct | undefined, id: number): readonly ThriftStruct[] {
  return listIn(struct, id).map((it) => {
    if (!(it instanceof Map)) throw new ParquetFault('its description is damaged');
    return it as ThriftStruct;
  });
}

const decoder = new TextDecoder();

export function textIn(struct: ThriftStruct | undefined, id: number): string | undefined {
  const value = struct?.get(id);
  return value instanceof Uint8Array ? decoder.decode(value) : undefined;
}
