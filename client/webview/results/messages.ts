/** What the results view's page and the extension say to each other: plain records, types only. */
import type {
  CopyParams, Explained, ExplainNode, ExplainParams, Fate, FateParams, GroupBy, PinResultsParams, ResultFilter, Results, ResultsParams, ResultSort, ResultSubject, RowsBehind,
  RowsParams,
} from '../../../server/src/lsp/protocol/results.ts';

/** What the page asks of the language server, and what it answers; null where the metric or query is gone. */
export interface Asked {
  readonly results: { readonly params: ResultsParams; readonly answer: Results | null };
  readonly explain: { readonly params: ExplainParams; readonly answer: Explained | null };
  readonly rows: { readonly params: RowsParams; readonly answer: RowsBehind | null };
  readonly fate: { readonly params: FateParams; readonly answer: Fate | null };
}

export type Ask = { readonly [K in keyof Asked]: { readonly about: K; readonly params: Asked[K]['params'] } }[keyof Asked];

/** A screen before or behind the grid of results. */
export type Screen =
  | { readonly kind: 'grid' }
  /** @param shown what the grid shows for the value */
  | { readonly kind: 'explain'; readonly filters: readonly ResultFilter[]; readonly shown?: string }
  | { readonly kind: 'rows'; readonly filters: readonly ResultFilter[]; readonly aggregate: number; readonly all: boolean; readonly sort?: ResultSort }
  | { readonly kind: 'fate'; readonly row: string };

/** What the view shows. The extension keeps it; a page that comes up is told it. */
export interface State {
  readonly params: ResultsParams;
  /** The screens that were opened one from the other; the last one is seen. */
  readonly screens: readonly Screen[];
  readonly chart: boolean;
}

/** What the menu of a cell offers; each is a command of the extension, named after it. */
export type Act =
  | 'keep' | 'drop' | 'explain' | 'rows' | 'whyCounted' | 'whyNotCounted' | 'copyValue' | 'copyCsv' | 'copyMarkdown' | 'pinValue' | 'pinRows';

export type ToExtension =
  /** The page is there and listens. */
  | { readonly type: 'ready' }
  /** What the view shows from now on. */
  | { readonly type: 'keep'; readonly state: State }
  | { readonly type: 'ask'; readonly id: number; readonly ask: Ask }
  /** The answer is of no use any more. */
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'chooseColumns'; readonly subject: ResultSubject; readonly by: readonly GroupBy[] }
  | { readonly type: 'copy'; readonly params: CopyParams }
  | { readonly type: 'copyText'; readonly text: string }
  /** @param total how many values there are to pin; `rest` says why some of them are not in the params */
  | { readonly type: 'pin'; readonly params: PinResultsParams; readonly total: number; readonly rest: string }
  | { readonly type: 'reveal'; readonly place: NonNullable<ExplainNode['place']> }
  /** What is on the screen now. */
  | { readonly type: 'shown'; readonly title: string; readonly subject: ResultSubject };

/** What is to be shown first of a subject. */
export type Opening = { readonly kind: 'grid' } | { readonly kind: 'explain' } | { readonly kind: 'rows' } | { readonly kind: 'fate'; readonly row: string };

export type ToPage =
  /** What was shown before the page came up. */
  | { readonly type: 'restore'; readonly state: State }
  | { readonly type: 'show'; readonly subject: ResultSubject; readonly opening: Opening; readonly chart: boolean }
  /** The answer is undefined where the language server gave none. */
  | { readonly type: 'answer'; readonly id: number; readonly answer: Asked[keyof Asked]['answer'] | undefined }
  | { readonly type: 'columns'; readonly subject: ResultSubject; readonly by: readonly GroupBy[] }
  /** Something of the menu was chosen. */
  | { readonly type: 'act'; readonly act: Act }
  /** What is shown may be out of date. */
  | { readonly type: 'changed' };
