// The legend of semantic tokens. It stands alone, so that what a server can do is told before anything that does it is loaded.
/** All of them are standard types of the protocol, so that every editor and every theme has a colour for them. */
export const tokenTypes = [
  'class', 'property', 'method', 'function', 'variable', 'parameter', 'enumMember', 'type', 'keyword', 'string', 'number', 'operator', 'comment',
] as const;
export const tokenModifiers = ['declaration', 'readonly', 'deprecated', 'defaultLibrary', 'documentation'] as const;

/**
 * Tables are classes, columns properties, metrics methods, codes and enumeration words enum members. A variable never
 * changes, so it is read-only; the functions of DAX are its default library.
 */
export type TokenType = (typeof tokenTypes)[number];
export type TokenModifier = (typeof tokenModifiers)[number];
