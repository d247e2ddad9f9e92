/** Settings of the editor: they change what is shown, never a finding or a value. */
import { defaultFormat, type FormatSettings } from './formatting/style.ts';

export interface Settings {
  readonly values: { readonly enabled: boolean };
  readonly codeLabels: { readonly enabled: boolean };
  readonly codeLens: { readonly enabled: boolean };
  readonly hover: {
    /** `Table[Column]` by which hovers break a value down; empty: the dimension with the fewest values above one. */
    readonly breakdownColumn: string;
  };
  readonly format: FormatSettings;
}

export const defaultSettings: Settings = {
  values: { enabled: true },
  codeLabels: { enabled: true },
  codeLens: { enabled: true },
  hover: { breakdownColumn: '' },
  format: defaultFormat,
};

/**
 * Settings as an editor sends them; what is missing or of another kind has its default.
 *
 * @param value the section `daxMetrics`, unchecked
 */
export function readSettings(value: unknown): Settings {
  const enabled = (section: 'values' | 'codeLabels' | 'codeLens'): { enabled: boolean } => {
    const it = member(member(value, section), 'enabled');
    return typeof it === 'boolean' ? { enabled: it } : defaultSettings[section];
  };
  const column = member(member(value, 'hover'), 'breakdownColumn');
  return {
    values: enabled('values'),
    codeLabels: enabled('codeLabels'),
    codeLens: enabled('codeLens'),
    hover: { breakdownColumn: typeof column === 'string' ? column : '' },
    format: readFormat(member(value, 'format')),
  };
}

/** Narrower than this nothing can be read. */
const leastWidth = 20;

function readFormat(value: unknown): FormatSettings {
  const { maxWidth, lineStyle, parentheses, upperCase } = defaultFormat;
  const width = member(value, 'maxWidth');
  const capitals = member(value, 'upperCase');
  return {
    maxWidth: typeof width === 'number' && width >= leastWidth ? width : maxWidth,
    lineStyle: oneOf(['long', 'short'], member(value, 'lineStyle')) ?? lineStyle,
    parentheses: oneOf(['spaced', 'padded', 'compact'], member(value, 'parentheses')) ?? parentheses,
    upperCase: typeof capitals === 'boolean' ? capitals : upperCase,
  };
}

const oneOf = <T extends string>(words: readonly T[], value: unknown): T | undefined => words.find((it) => it === value);

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
