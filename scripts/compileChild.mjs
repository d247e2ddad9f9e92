// A server whose compiled code is written down when it ends: see compile.mjs.
import { readFileSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

const [, , bundle, id] = process.argv;
const script = new vm.Script(Module.wrap(readFileSync(bundle, 'latin1')), { filename: bundle });
const made = { exports: {} };
script.runInThisContext().call(made.exports, made.exports, createRequire(bundle), made, bundle, path.dirname(bundle));
process.on('exit', () => writeFileSync(`${bundle}.compiled`, Buffer.concat([Buffer.from(id, 'latin1'), script.createCachedData()])));
