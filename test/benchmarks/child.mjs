// What is measured in a process of its own: `child.mjs parse BUNDLE FILE`, `child.mjs yaml BUNDLE FILE`.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const [mode, bundle, file] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const load = createRequire(import.meta.url);
const send = (message) => void process.send?.(message);

if (mode === 'parse') parsing();
else await yamlService();

/** Cold: the bundle is loaded and the file parsed for the first time. Warm: parsed again, with another comment on top each time. */
function parsing() {
  const started = performance.now();
  const { parse } = load(bundle);
  if (parse(text) < 1) throw new Error('nothing was parsed');
  const cold = performance.now() - started;
  const mark = file.endsWith('.yaml') ? '#' : file.endsWith('.css') ? '/**/' : '--';
  const warm = [];
  for (let i = 0; i < 12; i++) {
    const next = `${mark} ${i}\n\n${text}`;
    const began = performance.now();
    parse(next);
    // The first rounds let the compiler settle.
    if (i >= 4) warm.push(performance.now() - began);
  }
  send({ cold, warm });
}

/**
 * The YAML language service without its server, and so without the pause that the server makes before it validates.
 * No schema: the least that it can have to do. An edit costs the change of the text document and the validation.
 */
async function yamlService() {
  const { getLanguageService, TextDocument } = load(bundle);
  const service = getLanguageService({
    schemaRequestService: () => Promise.reject(new Error('no schemas')),
    workspaceContext: { resolveRelativePath: (relative) => relative },
  });
  service.configure({ validate: true, schemas: [], customTags: [] });
  let document = TextDocument.create('file:///benchmark.yaml', 'yaml', 1, text);
  const first = await service.doValidation(document, false);
  // Since the process began.
  send({ milliseconds: performance.now(), findings: first.length });
  process.on('message', async (/** @type {any} */ { range, text: inserted }) => {
    const [started, before] = [performance.now(), process.cpuUsage()];
    document = TextDocument.update(document, [{ range, text: inserted }], document.version + 1);
    const found = await service.doValidation(document, false);
    const milliseconds = performance.now() - started;
    const { user, system } = process.cpuUsage(before);
    send({ milliseconds, computing: (user + system) / 1000, findings: found.length });
  });
}
