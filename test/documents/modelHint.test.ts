// The model of a region: what stands nearest decides.
import { describe, expect, it } from 'vitest';
import { modelFor, readDocument, type ModelCandidates } from '../../server/src/documents/index.ts';
import { defaultProject } from '../../server/src/formats/index.ts';

const none: ModelCandidates = { folder: [], workspace: [], commandLine: undefined };
const mapped = { 'Historical analytics': 'historical', realtimepage: 'realtime' };

/** For each fence `from:model` and where the name stands in the page. */
function hints(text: string, models: Readonly<Record<string, string>> = {}, candidates: ModelCandidates = none): readonly string[] {
  const page = readDocument('file:///page.md', 'markdown', text);
  const project = { ...defaultProject('file:///'), markdownModels: new Map(Object.entries(models)) };
  return page.regions.map((region) =>
    modelFor(region, page, project, candidates).map((it) => `${it.from}:${it.name}${it.span === undefined ? '' : ` at ${text.slice(it.span.start, it.span.end)}`}`).join(', '));
}

const fence = '```dax\nA = 1\n```\n';

describe('the model of a fence', () => {
  it('is named by the fence before all else', () => {
    expect(hints(`---\ndax-model: front\n---\n# Historical analytics\n\`\`\`dax model=mine\nA\n\`\`\`\n`, mapped, { folder: ['f'], workspace: ['w'], commandLine: 'c' })).toEqual(['fence:mine at mine']);
  });

  it('is named by the front matter before the headings', () => {
    expect(hints(`---\ndax-model: [a, b]\n---\n# Historical analytics\n${fence}`, mapped)).toEqual(['frontMatter:a at a, frontMatter:b at b']);
  });

  it('is that of the innermost mapped heading', () => {
    expect(hints(`# historical  ANALYTICS\n${fence}## Unmapped\n${fence}## [Real-time](#tab/realtimepage)\n${fence}### Historical analytics\n${fence}`, mapped)).toEqual([
      'heading:historical at historical  ANALYTICS', 'heading:historical at historical  ANALYTICS', 'heading:realtime at [Real-time](#tab/realtimepage)', 'heading:historical at Historical analytics',
    ]);
  });

  it('is that of a tab by its id or by its text', () => {
    expect(hints(`## [Historical analytics](#tab/h)\n${fence}## [Anything](#tab/realtimepage)\n${fence}`, mapped)).toEqual([
      'heading:historical at [Historical analytics](#tab/h)', 'heading:realtime at [Anything](#tab/realtimepage)',
    ]);
  });

  it('is each of those that share a tab', () => {
    expect(hints(`## [Both](#tab/h+r)\n${fence}`, { h: 'historical', r: 'realtime' })).toEqual(['heading:historical at [Both](#tab/h+r), heading:realtime at [Both](#tab/h+r)']);
  });

  it('is each of the page, outside its tabs', () => {
    expect(hints(`# P\n${fence}## [Historical analytics](#tab/h)\n---\n## [R](#tab/realtimepage)\n---\n## [R](#tab/realtimepage)\n---\n${fence}`, mapped)).toEqual([
      'page:historical at [Historical analytics](#tab/h), page:realtime at [R](#tab/realtimepage)',
      'page:historical at [Historical analytics](#tab/h), page:realtime at [R](#tab/realtimepage)',
    ]);
  });

  it('is not that of the page inside a tab that nothing maps', () => {
    expect(hints(`## [Historical analytics](#tab/h)\n---\n## [Other](#tab/other)\n${fence}`, mapped)).toEqual(['']);
  });

  it('is the only one of the folder, then of the workspace, then of the command line', () => {
    expect(hints(fence, {}, { folder: ['f'], workspace: ['f', 'w'], commandLine: 'c' })).toEqual(['folder:f']);
    expect(hints(fence, {}, { folder: ['f', 'g'], workspace: ['w'], commandLine: 'c' })).toEqual(['workspace:w']);
    expect(hints(fence, {}, { folder: ['f', 'g'], workspace: ['f', 'g'], commandLine: 'c' })).toEqual(['commandLine:c']);
    expect(hints(fence)).toEqual(['']);
  });

  it('may be mapped from any heading', () => {
    expect(hints(`# constructor\n${fence}# __proto__\n${fence}`)).toEqual(['', '']);
    expect(hints(`# constructor\n${fence}`, { constructor: 'm' })).toEqual(['heading:m at constructor']);
  });
});
