// The packed extension holds what it needs and nothing else.
import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { packVsix } from '../../scripts/vsix.mjs';
import { zipMembers } from '../../scripts/zip.mjs';

type ZipMember = ReturnType<typeof zipMembers>[number];

interface Manifest {
  readonly main: string;
  readonly browser: string;
  readonly dependencies?: unknown;
  readonly contributes: {
    readonly grammars: readonly { readonly path: string }[];
    readonly languages: readonly { readonly configuration?: string }[];
  };
}

const allowed = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/package.json',
  'extension/package.nls.json',
  'extension/readme.md',
  'extension/changelog.md',
  'extension/LICENSE.txt',
  'extension/client/media/icon.png',
  'extension/dist/client.js',
  'extension/dist/server.js',
  'extension/dist/worker.js',
  'extension/dist/view.graph.css',
  'extension/dist/view.graph.js',
  'extension/dist/view.results.js',
  'extension/dist/view.results.css',
  'extension/dist/rules.json',
  'extension/dist/THIRD-PARTY-NOTICES.txt',
  ...['open', 'value', 'fix', 'pin'].map((it) => `extension/walkthrough/${it}.svg`),
  'extension/grammar/language-configuration.json',
  'extension/grammar/syntaxes/dax.tmLanguage.json',
  'extension/grammar/syntaxes/dax.markdown-injection.tmLanguage.json',
];

describe('the .vsix', () => {
  let members: readonly ZipMember[];
  let manifest: Manifest;
  let bytes: number;

  const member = (name: string): ZipMember => {
    const found = members.find((it) => it.name === name);
    if (found === undefined) throw new Error(`${name} is missing`);
    return found;
  };

  beforeAll(async () => {
    const packed = process.env['DAX_METRICS_VSIX'];
    const file = readFileSync(packed !== undefined && existsSync(packed) ? packed : await packVsix());
    bytes = file.length;
    members = zipMembers(file);
    manifest = JSON.parse(member('extension/package.json').read().toString('utf8')) as Manifest;
  });

  it('holds exactly the files of the list', () => {
    expect(members.map((it) => it.name).sort()).toEqual([...allowed].sort());
  });

  it('holds every file that its manifest names', () => {
    const named = [
      manifest.main,
      manifest.browser,
      ...manifest.contributes.grammars.map((it) => it.path),
      ...manifest.contributes.languages.flatMap((it) => it.configuration ?? []),
    ];
    for (const it of named) expect(member(`extension/${it.replace(/^\.\//, '').replace(/^(dist\/.*?)(?:\.js)?$/, '$1.js')}`).bytes).toBeGreaterThan(0);
  });

  it('holds no native module, and depends on nothing that would have to be installed', () => {
    expect(members.filter((it) => it.name.endsWith('.node'))).toEqual([]);
    expect(manifest.dependencies).toBeUndefined();
    for (const it of members.filter((m) => m.name.endsWith('.js'))) {
      expect(it.read().toString('utf8')).not.toMatch(/require\(["'][^"']+\.node["']\)/);
    }
  });

  it('names the licence of every package in its bundles', () => {
    const notices = member('extension/dist/THIRD-PARTY-NOTICES.txt').read().toString('utf8');
    for (const it of ['vscode-languageclient', 'vscode-languageserver', 'vscode-jsonrpc', 'chevrotain', 'zod', 'yaml']) {
      expect(notices).toMatch(new RegExp(`^${it} \\d+\\.\\d+\\.\\d+`, 'm'));
    }
  });

  it('is smaller than a megabyte', () => {
    expect(bytes).toBeLessThan(1_000_000);
  });
});
