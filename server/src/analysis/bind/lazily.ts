/** Inferences that are made when something asks for them. */
import { nesting } from './context.ts';

/** Expressions and inferences inside one another, at most; deeper ones say nothing, and are tried again elsewhere. */
const deepest = 400;
const most = 40;
let depth = 0;

const isTooDeep = (): boolean => depth >= most || nesting.depth >= deepest;

/** The result of an inference; undefined while it is being made (a circle), and where too many lie inside one another. */
export function lazily<T>(infer: () => T): () => T | undefined {
  let state: 'open' | 'busy' | { readonly value: T } = 'open';
  return () => {
    if (state === 'busy' || (state === 'open' && isTooDeep())) return undefined;
    if (state !== 'open') return state.value;
    state = 'busy';
    depth++;
    try {
      const value = infer();
      state = { value };
      return value;
    } finally {
      depth--;
      if (state === 'busy') state = 'open';
    }
  };
}

/** What follows from an inference, made once for its result; while that is not known it is made anew each time. */
export function following<S, T>(source: () => S | undefined, make: (it: S | undefined) => T): () => T {
  let made: { readonly from: S; readonly value: T } | undefined;
  return () => {
    const from = source();
    if (from === undefined) return make(undefined);
    if (made?.from !== from) made = { from, value: make(from) };
    return made.value;
  };
}
