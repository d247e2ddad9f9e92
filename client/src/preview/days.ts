// Asking for a first and a last day.
import { window } from 'vscode';

export interface DayRange {
  readonly from?: string;
  readonly to?: string;
}

/** @returns undefined where the person went away; without a day the range is open on that side */
export async function askForDays(title: string, now: DayRange): Promise<DayRange | undefined> {
  const from = await askForDay(title, 'First day', now.from, () => undefined);
  if (from === undefined) return undefined;
  const isBefore = (day: string): string | undefined => {
    if (from === '' && day === '') return 'Type a first or a last day.';
    return from !== '' && day !== '' && day < from ? `The last day is before the first, ${from}.` : undefined;
  };
  const to = await askForDay(title, 'Last day', now.to, isBefore);
  return to === undefined ? undefined : { ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) };
}

async function askForDay(title: string, which: string, now: string | undefined, check: (day: string) => string | undefined): Promise<string | undefined> {
  const said = await window.showInputBox({
    title, prompt: `${which}, such as 2025-05-31; empty for no limit`, value: now ?? '', ignoreFocusOut: true,
    validateInput: (it) => (it.trim() === '' || isDay(it.trim()) ? check(it.trim()) : 'Write a day as year-month-day: 2025-05-31.'),
  });
  return said?.trim();
}

function isDay(it: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(it) ? Date.parse(`${it}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(it);
}
