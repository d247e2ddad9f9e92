/** "Explain this value": the steps of its evaluation as a tree. */
import { element } from '../page.ts';
import type { Page, ScreenView } from './main.ts';
import type { Screen } from './messages.ts';
import { headOf, notesOf, valueOf } from './parts.ts';
import { createTree } from './tree.ts';

export function explainScreen(page: Page): ScreenView<Extract<Screen, { kind: 'explain' }>> {
  const view = element('section', { class: 'explain', 'aria-label': 'How the value came about' });
  let focus = (): void => undefined;
  return {
    element: view,
    async show({ filters, shown }) {
      const found = await page.ask('explain', { ...page.state().params, filters, ...(shown === undefined ? {} : { shown }) });
      if (found === undefined) return undefined;
      if (found === null) {
        view.replaceChildren(headOf(['Explain'], () => page.back()), element('p', { class: 'none' }, 'It is not in the text any more.'));
        return '';
      }
      const parts: HTMLElement[] = [headOf([`Explain ${found.title} = `, valueOf(found.value)], () => page.back())];
      if (found.filters.length > 0) parts.push(element('p', { class: 'notes' }, `Where ${found.filters.join(' and ')}`));
      if (found.grid !== undefined) {
        parts.push(element('p', { class: 'notes' }, `The grid shows ${found.grid}: there the metric sees the other groups too, as ALLSELECTED does. Here the value is computed by itself.`));
      }
      parts.push(...notesOf(found).map((it) => element('p', { class: 'notes' }, it)));
      if (found.steps.length === 0) parts.push(element('p', { class: 'none' }, 'There are no steps to show: the value is there without computing anything.'));
      else {
        const tree = createTree(`Steps of ${found.title}`, found.steps, { reveal: (place) => page.post({ type: 'reveal', place }) });
        parts.push(tree.element);
        focus = tree.focus;
      }
      view.replaceChildren(...parts);
      page.say(found.left === 0 ? '' : `${found.left.toLocaleString('en-US')} deeper steps are not shown`);
      return found.title;
    },
    focus: () => focus(),
  };
}
