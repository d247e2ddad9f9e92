// textDocument/selectionRange
import type { SelectionRange, SelectionRangeParams } from '../library.ts';
import { toOffset, toRange, uriOf } from '../convert.ts';
import { request } from './feature.ts';

export const selectionRangeFeature = request<SelectionRangeParams, SelectionRange[] | null>({
  method: 'textDocument/selectionRange',
  declare: () => ({ selectionRangeProvider: true }),
  neutral: null,
  async run({ textDocument, positions }, { service }) {
    const uri = uriOf(textDocument);
    const document = await service.document(uri);
    if (document === undefined || document.regions.length === 0) return null;
    const all = await service.selectionRanges(uri, positions.map((it) => toOffset(document, it)));
    return all.map((spans, i) => {
      let range: SelectionRange | undefined;
      for (const it of [...spans].reverse()) range = { range: toRange(document, it), ...(range === undefined ? {} : { parent: range }) };
      // An answer has as many ranges as the request has places.
      const here = positions[i] ?? { line: 0, character: 0 };
      return range ?? { range: { start: here, end: here } };
    });
  },
});
