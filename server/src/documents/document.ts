/** Documents → regions of DAX, by language. */
import { identityMap } from '../base/offsetMap.ts';
import { span } from '../base/spans.ts';
import { noRegions, type DocumentRegions, type Region } from './region.ts';
import { mayHoldMetrics, readMarkdown } from './markdown/markdown.ts';
import { readModelRegions } from './modelRegions.ts';

/**
 * Finds the DAX of a document.
 *
 * @param uri tells a model file from other YAML and JSON
 * @param languageId as editors name it: `dax`, `markdown`, `yaml`, `json`
 * @param text the document, a byte order mark included if it has one
 * @returns regions in order of place; none for a language without DAX, or a page without DAX and elements of metrics
 */
export function readDocument(uri: string, languageId: string, text: string): DocumentRegions {
  switch (languageId) {
    case 'dax': return { ...noRegions, regions: [wholeFile(text)] };
    case 'markdown': return mayHoldMetrics(text) ? readMarkdown(text) : noRegions;
    case 'yaml': case 'json': case 'jsonc': return { ...noRegions, regions: readModelRegions(uri, text) };
    default: return noRegions;
  }
}

function wholeFile(text: string): Region {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const body = text.slice(start);
  return {
    kind: 'dax-file', text: body, map: identityMap(start, body.length), span: span(start, text.length),
    info: {}, headingPath: [], tabId: undefined, closed: true, defines: undefined,
  };
}
