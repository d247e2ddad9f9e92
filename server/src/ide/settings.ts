/** Settings of the editor: they change what is shown, never a finding or a value. */

export interface Settings {
  readonly values: { readonly enabled: boolean };
  readonly codeLabels: { readonly enabled: boolean };
  readonly codeLens: { readonly enabled: boolean };
  readonly hover: {
    /** `Table[Column]` by which hovers break a value down; empty: the dimension with the fewest values above one. */
    readonly breakdownColumn: string;
  };
}

export const defaultSettings: Settings = {
  values: { enabled: true },
  codeLabels: { enabled: true },
  codeLens: { enabled: true },
  hover: { breakdownColumn: '' },
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
  };
}

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
