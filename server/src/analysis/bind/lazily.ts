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
