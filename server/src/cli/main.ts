/**
 * Entry of the command line: the language server, or the commands. Each is a bundle of its own beside this one, so that
 * an editor that starts the server does not wait for commands to be loaded.
 */
import path from 'node:path';
import { requireCompiled } from './compiled.ts';

const args = process.argv.slice(2);
// Anything else, such as a call for help, is the commands' business.
const isServer = args.length === 2 && args[0] === 'lsp' && args[1] === '--stdio';
if (isServer) requireCompiled(path.join(__dirname, 'server.js'));
else require(path.join(__dirname, 'commands.js'));
