// "Preview Rows": the first rows of a table as a read-only page of aligned text.
import { commands, EventEmitter, Uri, window, workspace, type Disposable } from 'vscode';
import type { ModelTreeNode, TableRows, TableRowsParams, TableRowsResult } from '../../../server/src/lsp/protocol/modelTree.ts';
import type { ClientFeature } from '../features.ts';
import type { Session } from '../session.ts';

const scheme = 'dax-metrics-rows';

export const tableRowsPages: ClientFeature = (session) => {
  const changed = new EventEmitter<Uri>();
  const all: readonly Disposable[] = [
    changed,
    workspace.registerTextDocumentContentProvider(scheme, { onDidChange: changed.event, provideTextDocumentContent: (uri) => pageOf(session, uri) }),
    commands.registerCommand('daxMetrics.tree.previewRows', async (node: ModelTreeNode | undefined) => {
      const [model] = node?.path ?? [];
      if (node?.rowsOf === undefined || model === undefined) return;
      const uri = uriOf({ model, table: node.rowsOf });
      // Rows of a page that is open already may be others by now.
      changed.fire(uri);
      await window.showTextDocument(uri, { preview: true });
    }),
  ];
  return { dispose: () => all.forEach((it) => void it.dispose()) };
};

/** The tab's title is the table's name. */
const uriOf = ({ model, table }: TableRowsParams): Uri => Uri.from({ scheme, path: `/${table.replaceAll('/', '∕')} rows`, query: JSON.stringify({ model, table }) });

async function pageOf(session: Session, uri: Uri): Promise<string> {
  const params = JSON.parse(uri.query) as TableRowsParams;
  const client = await session.ready();
  const found = client === undefined ? undefined : await client.sendRequest<TableRowsResult>('daxMetrics/tableRows', params);
  if (found === undefined) return 'The language server is not running.\n';
  if (found === null) return `There is no table ${params.table} any more.\n`;
  return 'problem' in found ? `No rows: ${found.problem}.\n` : textOf(params.table, found);
}

/** Columns stand below their names, numbers to the right. */
export function textOf(table: string, { columns, rows, total, generated }: TableRows): string {
  const widths = columns.map((column, i) => Math.max([...column.name].length, ...rows.map((row) => [...(row[i] ?? '')].length)));
  const line = (cells: readonly string[]): string => cells.map((cell, i) => padded(cell, widths[i] ?? 0, columns[i]?.isNumber === true)).join('  ').trimEnd();
  const count = total === undefined || total === rows.length ? `${String(rows.length)} rows` : `${String(rows.length)} of ${total.toLocaleString('en-US')} rows`;
  return [
    `${table}: ${count}${generated ? ' (generated)' : ''}`, '', line(columns.map((it) => it.name)), widths.map((it) => '─'.repeat(it)).join('  '), ...rows.map(line), '',
  ].join('\n');
}

function padded(text: string, width: number, right: boolean): string {
  const fill = ' '.repeat(Math.max(0, width - [...text].length));
  return right ? fill + text : text + fill;
}
