/** The page of the results view: which screen is seen, what is kept, and what is said to the extension. */
import { element, extension } from '../page.ts';
import { createAsking } from './asking.ts';
import { explainScreen } from './explainScreen.ts';
import { fateScreen } from './fateScreen.ts';
import { gridScreen } from './gridScreen.ts';
import type { Act, Screen, State, ToExtension, ToPage } from './messages.ts';
import { rowsScreen } from './rowsScreen.ts';
import { back, firstState, instead, screenOf, within, withoutShown } from './state.ts';

/** What a screen needs of the page around it. */
export interface Page {
  readonly state: () => State;
  readonly ask: ReturnType<typeof createAsking>['ask'];
  /** Keeps a state and shows it. */
  update(state: State): void;
  /** Opens a screen from the one that is seen. */
  open(screen: Screen): void;
  /** Puts another screen in place of the one that is seen. */
  replace(screen: Screen): void;
  back(): void;
  post(message: ToExtension): void;
  /**
   * What the menu that is about to open can do, in its place and time: the rows may be others when something of it is
   * chosen.
   *
   * @returns the names under which the menu asks for it
   */
  offer(acts: Acts): readonly string[];
  /** Says a sentence below the screen, and to those who listen. */
  say(sentence: string): void;
}

export type Acts = { readonly [A in Act]?: (() => void) | undefined };

export interface ScreenView<S extends Screen> {
  readonly element: HTMLElement;
  /** Asks for what the screen shows and draws it; resolves to a heading, or undefined where something else was asked since or there is no answer. */
  show(screen: S): Promise<string | undefined>;
  focus(): void;
}

/** Until then an answer is not worth a word, in milliseconds. */
const quietFor = 400;

const host = extension<never>();
const post = (it: ToExtension): void => host.postMessage(it);
const asking = createAsking(post);
const silent = element('p', { class: 'none', hidden: '' }, 'The language server gives no answer. The status bar says how it is.');
const status = element('div', { class: 'status', role: 'status', 'aria-live': 'polite' });
const place = element('main', { class: 'screen' });
document.body.append(silent, place, status);

let state: State | undefined;
/** Counts what was wanted to be seen: only the last of it may say that there is no answer. */
let turn = 0;
let seen: ScreenView<never> | undefined;
let wantsFocus = false;
/** Of the menu that was opened last. */
let offered: Acts = {};

const page: Page = {
  state: () => state ?? firstState({ kind: 'query', uri: '', model: '', ordinal: 0 }, { kind: 'grid' }, true),
  ask: asking.ask,
  update(next) {
    state = next;
    offered = {};
    post({ type: 'keep', state: next });
    void show();
  },
  open(screen) {
    wantsFocus = true;
    page.update(within(page.state(), screen));
  },
  replace: (screen) => page.update(instead(page.state(), screen)),
  back() {
    wantsFocus = true;
    page.update(back(page.state()));
  },
  post,
  offer(acts) {
    offered = acts;
    return Object.entries(acts).flatMap(([act, run]) => (run === undefined ? [] : [`daxMetrics${act.charAt(0).toUpperCase()}${act.slice(1)}`]));
  },
  say(sentence) {
    status.textContent = sentence;
  },
};

const screens = { grid: gridScreen(page), explain: explainScreen(page), rows: rowsScreen(page), fate: fateScreen(page) };

async function show(): Promise<void> {
  if (state === undefined) return;
  const { subject } = state.params;
  const screen = screenOf(state);
  const view = screens[screen.kind] as ScreenView<Screen>;
  if (seen !== view) {
    place.replaceChildren(view.element);
    seen = view;
  }
  const slow = setTimeout(() => {
    place.classList.add('stale');
    page.say('Computing…');
  }, quietFor);
  const own = ++turn;
  const title = await view.show(screen);
  clearTimeout(slow);
  if (own !== turn) return;
  silent.hidden = title !== undefined;
  if (title === undefined) return page.say(silent.textContent ?? '');
  place.classList.remove('stale');
  post({ type: 'shown', title, subject });
  if (wantsFocus && document.hasFocus()) view.focus();
  wantsFocus = false;
}

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case 'show':
      wantsFocus = true;
      return page.update(firstState(data.subject, opened(data.opening), data.chart));
    case 'restore':
      state = withoutShown(data.state);
      return void show();
    case 'act': return offered[data.act]?.();
    case 'answer': return asking.answered(data.id, data.answer);
    case 'columns':
      if (JSON.stringify(data.subject) !== JSON.stringify(state?.params.subject)) return;
      return page.update({ ...page.state(), params: { ...withoutSort(page.state()), by: data.by }, screens: [{ kind: 'grid' }] });
    case 'changed':
      if (state !== undefined) state = withoutShown(state);
      return void show();
  }
});

/** Another set of columns has another order. */
function withoutSort({ params }: State): State['params'] {
  const { sort: _sort, ...rest } = params;
  return rest;
}

function opened(opening: Extract<ToPage, { type: 'show' }>['opening']): Screen {
  switch (opening.kind) {
    case 'grid': return opening;
    case 'explain': return { kind: 'explain', filters: [] };
    case 'rows': return { kind: 'rows', filters: [], aggregate: 0, all: false };
    case 'fate': return opening;
  }
}

window.addEventListener('keydown', (event) => {
  if ((event.key === 'Escape' || (event.key === 'ArrowLeft' && event.altKey)) && page.state().screens.length > 1) {
    event.preventDefault();
    page.back();
  }
});

// What is focused elsewhere in the window takes the focus from the page's element; coming back leads to it again.
let focused: HTMLElement | undefined;
document.addEventListener('focusin', ({ target }) => { if (target instanceof HTMLElement) focused = target; });
window.addEventListener('focus', () => { if (document.activeElement === document.body && focused?.isConnected === true) focused.focus({ preventScroll: true }); });

post({ type: 'ready' });
