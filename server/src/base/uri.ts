/** Uris of files as plain text: folders, relative paths, names. No scheme is special. */

/** The folder of a file uri, with its final `/`. */
export const folderOf = (uri: string): string => uri.slice(0, uri.lastIndexOf('/') + 1);

/** The folder above a folder uri, or undefined at the top. */
export function parentFolder(folder: string): string | undefined {
  const root = rootOf(folder) ?? '/';
  if (folder.length <= root.length) return undefined;
  return folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
}

/** Whether `uri` lies in `folder`, at any depth. */
export const isInside = (folder: string, uri: string): boolean => uri.startsWith(folder) && uri.length > folder.length;

/**
 * The uri that a relative path names, seen from a folder uri. `..` climbs; where it leads out of the folder that may be
 * read is for the opener to refuse. Absolute paths and uris with a scheme give undefined.
 */
export function resolvePath(folder: string, path: string): string | undefined {
  const normal = path.replaceAll('\\', '/');
  if (normal.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(normal) || normal.includes('\u0000')) return undefined;
  const root = rootOf(folder) ?? '/';
  const parts = folder.slice(root.length).split('/').filter((it) => it !== '');
  for (const part of normal.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.length === 0) return undefined;
      parts.pop();
    } else parts.push(encodeSegment(part));
  }
  return root + parts.join('/');
}

/** The path of `uri` seen from `folder`, with `/` and `../`, decoded; the uri itself where the two share no root. */
export function relativeTo(folder: string, uri: string): string {
  const root = rootOf(folder);
  if (root === undefined || !uri.startsWith(root)) return uri;
  const from = folder.slice(root.length).split('/').filter((it) => it !== '');
  const to = uri.slice(root.length).split('/');
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared).map(decodeSegment)].join('/');
}

/** The last part of a uri, decoded. */
export const fileName = (uri: string): string => decodeSegment(uri.slice(uri.lastIndexOf('/') + 1));

// The editor and Node agree on these signs being plain in a path.
const encodeSegment = (it: string): string =>
  encodeURIComponent(it).replace(/%(?:3D|40|2B|2C|24|26)/g, (sign) => decodeURIComponent(sign));

function decodeSegment(it: string): string {
  try {
    return decodeURIComponent(it);
  } catch {
    return it;
  }
}

/** One spelling for the many ways to escape a path, so that an editor's uri and a disk's uri are equal. */
export function canonicalUri(uri: string): string {
  const root = rootOf(uri);
  if (root === undefined) return uri;
  return root + uri.slice(root.length).split('/').map((it) => encodeSegment(decodeSegment(it))).join('/');
}

/** Scheme and authority, where there is one, with the path's first `/`: `file:///`, `vscode-userdata:/`. */
const rootOf = (uri: string): string | undefined => /^[a-z][a-z0-9+.-]*:(?:\/\/[^/]*)?\//i.exec(uri)?.[0];
