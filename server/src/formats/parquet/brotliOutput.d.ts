declare module 'hyparquet-compressors/src/brotli.streams.js' {
  /** Where the decoder writes. It replaces `buffer` by a larger one when a file says that more is to come. */
  export class BrotliOutput {
    buffer: Uint8Array;
  }
}
