// Entry of the language server in a web worker: messages come and go through the worker's own port.
import { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } from 'vscode-languageserver/browser';
import { createAfterAnswer } from './afterAnswer.ts';
import { serve } from './server.ts';

declare const self: DedicatedWorkerGlobalScope;

const hop = new MessageChannel();
const waiting: (() => void)[] = [];
hop.port1.onmessage = () => waiting.shift()?.();

const behind = createAfterAnswer();
serve(createConnection(ProposedFeatures.all, new BrowserMessageReader(self), new BrowserMessageWriter(self), { messageStrategy: behind }), {
  yieldToMessages: () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      hop.port2.postMessage(undefined);
    }),
  delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  loadHost: async () => (await import('../host/browser/host.ts')).createBrowserHost,
}, behind);
