// Entry of the language server in a web worker: messages come and go through the worker's own port.
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { createBrowserHost } from '../host/browser/host.ts';
import { serve } from './server.ts';

declare const self: DedicatedWorkerGlobalScope;

const hop = new MessageChannel();
const waiting: (() => void)[] = [];
hop.port1.onmessage = () => waiting.shift()?.();

serve(createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)), {
  yieldToMessages: () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      hop.port2.postMessage(undefined);
    }),
  delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  createHost: createBrowserHost,
});
