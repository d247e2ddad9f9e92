// Settings come from an editor unchecked.
import { expect, it } from 'vitest';
import { defaultSettings, readSettings } from '../../server/src/ide/settings.ts';

it.each([undefined, null, 7, 'x', [], { values: null }, { values: { enabled: 'yes' }, hover: { breakdownColumn: 3 } }, { format: { maxWidth: 3, lineStyle: 'wide', upperCase: 1 } }])('%j means the defaults', (value) => {
  expect(readSettings(value)).toEqual(defaultSettings);
});

it('reads what is there', () => {
  expect(readSettings({ values: { enabled: false }, hover: { breakdownColumn: 'T[c]' } })).toEqual({
    ...defaultSettings, values: { enabled: false, compareWithSaved: true }, hover: { breakdownColumn: 'T[c]' },
  });
  expect(readSettings({ format: { maxWidth: 80, parentheses: 'compact' } }).format).toEqual({ ...defaultSettings.format, maxWidth: 80, parentheses: 'compact' });
});
