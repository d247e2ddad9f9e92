/** Settings of the editor: they change what is shown, never a finding or a value. */
import { defaultFormat, type FormatSettings } from './formatting/style.ts';

export interface Settings {
  readonly values: {
    readonly enabled: boolean;
    /** Whether the value before an edit stands beside the new one. */
    readonly compareWithSaved: boolean;
  };
  /** Values of variables, of every metric rather than of those that one asks for. */
  readonly variables: { readonly enabled: boolean };
  readonly codeLabels: { readonly enabled: boolean };
  readonly codeLens: { readonly enabled: boolean };
  readonly hover: {
    /** `Table[Column]` by which hovers break a value down; empty: the dimension with the fewest values above one. */
    readonly breakdownColumn: string;
  };
  readonly format: FormatSettings;
}

export const defaultSettings: Settings = {
  values: { enabled: true, compareWithSaved: true },
  variables: { enabled: false },
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
  const flag = (section: string, name: string, otherwise: boolean): boolean => {
    const it = member(member(value, section), name);
    return typeof it === 'boolean' ? it : otherwise;
  };
  const enabled = (section: 'variables' | 'codeLabels' | 'codeLens'): { enabled: boolean } => ({ enabled: flag(section, 'enabled', defaultSettings[section].enabled) });
  const column = member(member(value, 'hover'), 'breakdownColumn');
  return {
    values: {
      enabled: flag('values', 'enabled', defaultSettings.values.enabled),
      compareWithSaved: flag('values', 'compareWithSaved', defaultSettings.values.compareWithSaved),
    },
    variables: enabled('variables'),
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
