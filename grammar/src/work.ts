/**
 * How much was read: characters looked at and tokens made, each as often as it happened.
 *
 * Tests hold it against the length of the text, and against what an edit touches. Nothing else depends on it.
 */
export interface Work {
  readonly characters: number;
  readonly tokens: number;
}

const counted = { characters: 0, tokens: 0 };

/** What was read since the program began. */
export function readingWork(): Work {
  return { ...counted };
}

export function lookedAt(characters: number): void {
  counted.characters += characters;
}

export function madeTokens(count: number): void {
  counted.tokens += count;
}
