// The document of a view: nothing but its bundle's own script and style may run or be loaded.
import { Uri, type Webview } from 'vscode';

/** The only folder that a page may read. */
export const resourceRoot = (extension: Uri): Uri => Uri.joinPath(extension, 'dist');

/** @param page its bundles are `view.<page>.js` and `view.<page>.css` */
export function pageHtml(webview: Webview, extension: Uri, page: string, title: string): string {
  const file = (name: string): string => escaped(webview.asWebviewUri(Uri.joinPath(resourceRoot(extension), name)).toString());
  const nonce = randomText();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${file(`view.${page}.css`)}">
</head>
<body>
<script nonce="${nonce}" src="${file(`view.${page}.js`)}"></script>
</body>
</html>`;
}

function randomText(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return [...bytes].map((it) => it.toString(16).padStart(2, '0')).join('');
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
