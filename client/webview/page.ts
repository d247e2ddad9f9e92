/** What the pages of views share: the way to the extension, and elements made of plain text. */

/** The extension's side, as a page sees it; `State` is kept while the page is hidden and over a restart of the window. */
export interface Extension<State> {
  postMessage(message: unknown): void;
  getState(): State | undefined;
  setState(state: State): void;
}

declare function acquireVsCodeApi(): Extension<unknown>;

/** To be called once a page: the editor hands it out a single time. */
export const extension = <State>(): Extension<State> => acquireVsCodeApi() as Extension<State>;

type Content = Node | string;

/**
 * An element with attributes and content. Texts become text nodes, whatever they hold; an attribute that is undefined is
 * left out.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K, attributes: Readonly<Record<string, string | number | undefined>> = {}, ...content: readonly Content[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, String(value));
  made.append(...content);
  return made;
}

/** A button that says what it does, in words that are seen or, for an icon, told. */
export function button(text: string, act: () => void, attributes: Readonly<Record<string, string | number | undefined>> = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, text);
  made.addEventListener('click', act);
  return made;
}
