// Put into every bundle of Node's: a CommonJS file has no address of its own, and some packages ask for it.
/* global __filename */
/* eslint-disable @typescript-eslint/no-require-imports -- a bundle for Node and the web asks for a module of Node's only where there is one */
export const ownAddress = typeof __filename === 'string' ? require('node:url').pathToFileURL(__filename).href : undefined;
