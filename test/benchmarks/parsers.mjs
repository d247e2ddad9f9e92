// Our parser and the peers', each bundled alike into one file, so that what differs is the parser and not the loading.
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');

const sources = {
  dax: `
    import { parseFile } from './grammar/src/index.ts';
    export const parse = (text) => parseFile(text).segments.length;`,
  css: `
    import { getCSSLanguageService, TextDocument } from 'vscode-css-languageservice';
    export const parse = (text) => getCSSLanguageService().parseStylesheet(TextDocument.create('file:///x.css', 'css', 1, text)).getChildren().length;`,
  yaml: `
    import { TextDocument } from 'vscode-languageserver-textdocument';
    import { parse as parseYaml } from './node_modules/yaml-language-server/out/src/languageservice/parser/yamlParser07.js';
    export const parse = (text) => parseYaml(text, { customTags: [], yamlVersion: '1.2' }, TextDocument.create('file:///x.yaml', 'yaml', 1, text)).documents.length;`,
  yamlService: `
    export { getLanguageService } from './node_modules/yaml-language-server/out/src/languageservice/yamlLanguageService.js';
    export { TextDocument } from 'vscode-languageserver-textdocument';`,
};

/** Writes the bundles into a folder; @returns the file of each. */
export async function buildParsers(folder) {
  const files = Object.fromEntries(Object.keys(sources).map((name) => [name, path.join(folder, `${name}.js`)]));
  await Promise.all(
    Object.entries(sources).map(([name, contents]) =>
      build({
        stdin: { contents, resolveDir: root, loader: 'ts' }, outfile: files[name], bundle: true, minify: true, platform: 'node',
        format: 'cjs', target: 'node20', mainFields: ['module', 'main'], logLevel: 'error',
        banner: { js: `const bundleUrl = require('node:url').pathToFileURL(__filename).href;` }, define: { 'import.meta.url': 'bundleUrl' },
      })),
  );
  return /** @type {{ dax: string, css: string, yaml: string, yamlService: string }} */ (files);
}
