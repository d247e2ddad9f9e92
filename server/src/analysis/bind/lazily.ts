/** Inferences that are made when something asks for them. */

/** Inferences inside one another, at most; deeper ones say nothing. */
const deepest = 40;
let depth = 0;

/** The result of an inference; undefined while it is being made (a circle), and where too many lie inside one another. */
export function lazily<T>(infer: () => T): () => T | undefined {
  let state: 'open' | 'busy' | { readonly value: T } = 'open';
  return () => {
    if (state === 'busy' || (state === 'open' && depth >= deepest)) return undefined;
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
