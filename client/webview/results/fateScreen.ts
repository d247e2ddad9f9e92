/** "Why is this row not counted?": what becomes of a row on the way to each aggregate, up to the first step that drops it. */
import type { Fate } from '../../../server/src/lsp/protocol/results.ts';
import { element } from '../page.ts';
import type { Page, ScreenView } from './main.ts';
import type { Screen } from './messages.ts';
import { headOf } from './parts.ts';

type Way = Fate['ways'][number];

export function fateScreen(page: Page): ScreenView<Extract<Screen, { kind: 'fate' }>> {
  const view = element('section', { class: 'fate', 'aria-label': 'What becomes of a row', tabindex: -1 });
  return {
    element: view,
    async show({ row }) {
      const found = await page.ask('fate', { subject: page.state().params.subject, row });
      if (found === undefined) return undefined;
      const title = found?.title ?? '';
      const head = headOf([found === null ? 'Row' : headingOf(found)], () => page.back());
      const problem = found === null ? 'The metric is not in the text any more.' : found.problem;
      const parts = problem !== undefined ? [element('p', { class: 'none' }, problem)] : (found?.ways ?? []).map(wayOf);
      view.replaceChildren(head, element('p', { class: 'notes' }, element('code', {}, found?.row ?? row)), ...parts);
      page.say('');
      return title;
    },
    focus: () => view.focus(),
  };
}

function headingOf({ title, ways, problem, isWhole }: Fate): string {
  if (problem !== undefined || ways.length === 0) return `A row of ${title}`;
  if (ways.some((it) => it.fate === 'counted')) return `The row counts for ${title}`;
  return !isWhole || ways.some((it) => it.fate === 'unknown') ? `Whether the row counts for ${title} cannot be computed` : `The row does not count for ${title}`;
}

function wayOf(way: Way): HTMLElement {
  const steps = way.steps.map((it) => {
    const [mark, word, kind] = it.passes === true ? ['✓', 'comes through', 'yes'] : it.passes === false ? ['✗', 'is dropped here', 'no'] : ['?', 'cannot be computed', 'unknown'];
    const made = element('li', { class: kind }, element('span', { class: 'mark', 'aria-hidden': 'true' }, mark), element('code', {}, it.text), element('span', { class: 'word' }, ` ${word}`));
    if (it.values.length > 0) made.append(element('span', { class: 'context' }, `: ${it.values.join(', ')}`));
    return made;
  });
  const metrics = way.metrics.length === 0 ? [] : [element('p', { class: 'context' }, `In ${way.metrics.map((it) => `[${it}]`).join(' → ')}`)];
  return element('div', { class: 'way' }, element('h2', {}, element('code', {}, way.text)), ...metrics, element('ol', {}, ...steps), element('p', { class: `outcome ${way.fate}` }, outcomeOf(way)));
}

function outcomeOf({ fate, value, steps }: Way): string {
  switch (fate) {
    case 'counted': return value === undefined ? 'It counts.' : `It counts: ${value}.`;
    case 'blank': return 'It comes through, and its value is BLANK.';
    case 'dropped': return steps.at(-1)?.passes === false ? 'That is the first step that drops it.' : 'It is not among the rows.';
    case 'elsewhere': return 'This goes through rows that the row has no part in.';
    case 'unknown': return 'What becomes of it cannot be computed.';
  }
}
