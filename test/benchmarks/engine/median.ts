/** Of an even number of times the upper of the two in the middle; NaN of none. */
export const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
