/** Marks a place that a complete switch never reaches; a new case that is not handled does not compile. */
export function assertNever(value: never): never {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`);
}
