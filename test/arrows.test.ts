// The house holds: a room imports only rooms listed above it, and each outside library has its one place.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** Top to bottom: a room may import itself and what stands above it. */
const rooms = [
  'grammar',
  'server/src/base',
  'server/src/findings',
  'server/src/model',
  'server/src/functions',
  'server/src/plan',
  'server/src/formats',
  'server/src/documents',
  'server/src/analysis',
  'server/src/engine',
  'server/src/expect',
  'server/src/lint',
  'server/src/workspace',
  'server/src/ide',
  'server/src/host',
  'server/src/lsp',
  'server/src/cli',
  'client/webview',
  'client/src',
] as const;
type Room = (typeof rooms)[number];

/** Arrows that the order alone would allow. */
const forbidden: readonly (readonly [Room, Room])[] = [
  ['server/src/base', 'grammar'],
  ['server/src/engine', 'server/src/analysis'],
  ['server/src/engine', 'grammar'],
  ['server/src/plan', 'grammar'],
  ['server/src/cli', 'server/src/lsp'],
];

/** Of the server, the client and its pages know the protocol's types only; of a page, the client knows what the two say to each other. */
const protocol = /^server\/src\/lsp\/protocol(\.ts|\/[^/]+\.ts)$/;
const pageMessages = /^client\/webview\/[^/]+\/messages\.ts$/;

/** Outside packages, each with the places that may import it; node: modules belong to the outer rooms. */
const packages: readonly { readonly pattern: RegExp; readonly places: readonly string[] }[] = [
  { pattern: /^chevrotain$/, places: ['grammar/'] },
  { pattern: /^zod(\/|$)/, places: ['server/src/model/', 'server/src/formats/', 'server/src/cli/'] },
  { pattern: /^yaml$/, places: ['server/src/formats/', 'server/src/model/'] },
  { pattern: /^@rgrove\/parse-xml$/, places: ['server/src/formats/'] },
  { pattern: /^hyparquet-compressors(\/|$)/, places: ['server/src/formats/parquet/'] },
  { pattern: /^vscode-languageserver/, places: ['server/src/lsp/'] },
  { pattern: /^vscode-languageclient/, places: ['client/src/'] },
  { pattern: /^vscode$/, places: ['client/src/'] },
  { pattern: /^@dagrejs\/dagre$/, places: ['client/webview/graph/'] },
  { pattern: /^(chart\.js|@tanstack\/virtual-core)$/, places: ['client/webview/results/'] },
  { pattern: /^commander$/, places: ['server/src/cli/'] },
  { pattern: /^tinyglobby$/, places: ['server/src/host/node/', 'server/src/cli/'] },
  { pattern: /^node:/, places: ['server/src/host/node/', 'server/src/cli/', 'server/src/lsp/main.node.ts', 'client/src/extension.node.ts'] },
];

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly line: number;
  readonly typeOnly: boolean;
  /** Loaded when the code comes by, not with the file. */
  readonly later: boolean;
}

/** Every import, re-export and dynamic import of a source text. */
function importsOf(file: string, text: string): readonly Arrow[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const arrows: Arrow[] = [];
  const add = (node: ts.Node, specifier: ts.Node | undefined, typeOnly: boolean, later = false): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    const relative = specifier.text.startsWith('.');
    const to = relative ? path.posix.join(path.posix.dirname(file), specifier.text) : specifier.text;
    arrows.push({ from: file, to, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, typeOnly, later });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node, node.arguments[0], false, true);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node, node.argument.literal, true);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return arrows;
}

function roomOf(file: string): Room | undefined {
  return rooms.find((it) => file.startsWith(`${it}/`));
}

/** What is wrong with one import, or undefined when nothing is. */
function fault(arrow: Arrow): string | undefined {
  const from = roomOf(arrow.from);
  const say = (why: string): string => `${arrow.from}:${arrow.line} imports ${arrow.to}: ${why}`;
  if (from === undefined) return say('the file stands in no room');
  const to = roomOf(arrow.to);
  if (to === undefined) {
    // The command line tells the version of its own package.
    if (arrow.to === 'package.json' && from === 'server/src/cli') return undefined;
    const rule = packages.find((it) => it.pattern.test(arrow.to));
    if (rule === undefined && (arrow.to.startsWith('grammar/') || arrow.to.includes('/src/'))) return say('the target stands in no room');
    if (rule === undefined) return say('a package that no room may use');
    return rule.places.some((it) => arrow.from.startsWith(it)) ? undefined : say(`only ${rule.places.join(', ')} may`);
  }
  if ((from === 'client/src' || from === 'client/webview') && to !== from) {
    const isKnown = protocol.test(arrow.to) || (from === 'client/src' && pageMessages.test(arrow.to));
    return isKnown && arrow.typeOnly ? undefined : say('the client imports only types, and only those of the protocol and of its pages\' messages');
  }
  if (rooms.indexOf(to) > rooms.indexOf(from)) return say(`${to} stands below ${from}`);
  if (forbidden.some(([a, b]) => a === from && b === to)) return say(`${from} never imports ${to}`);
  return undefined;
}

describe('import arrows', () => {
  const files = globSync(['grammar/**/*.ts', 'server/src/**/*.ts', 'client/**/*.ts'], { cwd: root, ignore: ['**/*.d.ts'] });

  it('point upwards only', () => {
    const arrows = files.flatMap((it) => importsOf(it, readFileSync(path.join(root, it), 'utf8')));
    expect(arrows.length).toBeGreaterThan(0);
    expect(arrows.map(fault).filter((it) => it !== undefined)).toEqual([]);
    // Every file is parsed, which takes long where the types and the lint are checked beside it.
  }, 120_000);

  // An editor waits for the answer to initialize: what knows DAX is loaded behind it.
  it.each(['server/src/lsp/main.node.ts', 'server/src/lsp/main.browser.ts'])('%s loads no knowledge of DAX before its first answer', (entry) => {
    const loaded = new Set([entry]);
    for (const file of loaded) {
      for (const it of importsOf(file, readFileSync(path.join(root, file), 'utf8'))) if (!it.typeOnly && !it.later && it.to.endsWith('.ts')) loaded.add(it.to);
    }
    expect(loaded).toContain('server/src/lsp/features.ts');
    const light = /^server\/src\/(lsp|base)\/|\/(tokenLegend|triggers)\.ts$/;
    expect([...loaded].filter((it) => !light.test(it))).toEqual([]);
  });

  it.each([
    ['server/src/engine/a.ts', `import { parse } from '../../../grammar/parser.ts'`, 'never imports grammar'],
    ['server/src/engine/a.ts', `export * from '../analysis/bind.ts'`, 'never imports server/src/analysis'],
    ['server/src/model/a.ts', `import type { X } from '../workspace/x.ts'`, 'stands below'],
    ['server/src/analysis/a.ts', `const m = await import('../host/node/files.ts')`, 'stands below'],
    ['server/src/ide/a.ts', `import { Hover } from 'vscode-languageserver'`, 'only server/src/lsp/ may'],
    ['server/src/analysis/a.ts', `import { readFileSync } from 'node:fs'`, 'only server/src/host/node/'],
    ['server/src/lint/a.ts', `import { createToken } from 'chevrotain'`, 'only grammar/ may'],
    ['client/src/a.ts', `import { X } from '../../server/src/lsp/protocol.ts'`, 'only types'],
    ['client/src/a.ts', `import type { X } from '../../server/src/ide/hover.ts'`, 'only types'],
    ['client/src/a.ts', `import { X } from '../webview/results/messages.ts'`, 'only types'],
    ['client/src/a.ts', `import type { X } from '../webview/results/grid.ts'`, 'only types'],
    ['client/webview/results/a.ts', `import { window } from 'vscode'`, 'only client/src/ may'],
    ['client/webview/results/a.ts', `import type { X } from '../../../server/src/ide/hover.ts'`, 'only types'],
    ['server/src/ide/a.ts', `import x from 'left-pad'`, 'no room may use'],
  ])('%s: %s is refused', (file, text, why) => {
    expect(importsOf(file, text).map(fault).join()).toContain(why);
  });

  it.each([
    ['client/src/a.ts', `import type { X } from '../../server/src/lsp/protocol.ts'`],
    ['client/src/a.ts', `import type { X } from '../../server/src/lsp/protocol/x.ts'`],
    ['client/src/a.ts', `import type { X } from '../webview/results/messages.ts'`],
    ['client/webview/results/a.ts', `import type { X } from '../../../server/src/lsp/protocol/x.ts'`],
    ['client/webview/results/a.ts', `import { Chart } from 'chart.js'`],
    ['server/src/analysis/a.ts', `import { parse } from '../../../grammar/parser.ts'`],
    ['server/src/lsp/a.ts', `import { Hover } from 'vscode-languageserver'`],
  ])('%s: %s is allowed', (file, text) => {
    expect(importsOf(file, text).map(fault)).toEqual([undefined]);
  });
});
