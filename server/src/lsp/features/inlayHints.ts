// textDocument/inlayHint, with a refresh when values change or arrive late
import { MarkupKind, type InlayHint, type InlayHintParams } from '../library.ts';
import { toPosition, toSpan, uriOf } from '../convert.ts';
import { request } from './feature.ts';
import { coalesced } from './refresh.ts';

export const inlayHintFeature = request<InlayHintParams, InlayHint[] | null>({
  method: 'textDocument/inlayHint',
  declare: (client) => (client.textDocument?.inlayHint === undefined ? undefined : { inlayHintProvider: true }),
  neutral: null,
  async run({ textDocument, range }, { service }) {
    const uri = uriOf(textDocument);
    const document = await service.document(uri);
    if (document === undefined || document.regions.length === 0) return null;
    const hints = await service.inlayHints(uri, toSpan(document, range));
    return hints.map((it) => ({
      position: toPosition(document, it.offset),
      label: it.label,
      paddingLeft: true,
      ...(it.tooltip === undefined ? {} : { tooltip: { kind: MarkupKind.Markdown, value: it.tooltip } }),
    }));
  },
  also(connection, ctx) {
    if (ctx.client.workspace?.inlayHint?.refreshSupport !== true) return;
    const refresh = coalesced(() => connection.languages.inlayHint.refresh(), ctx);
    ctx.service.onDidChange((cause) => {
      // The client asks for the edited file's hints by itself.
      if (cause === 'files' || ctx.documents.keys().length > 1) refresh();
    });
    ctx.service.onLateValues(refresh);
  },
});
