/** Remembers what is told of two objects, for as long as both are there. */

/** Computes once for two objects and a key, and tells the same again. */
export type OnceForTwo<K extends object, V> = (left: K, right: K, key: string, compute: () => V) => V;

export function onceForTwo<K extends object, V>(): OnceForTwo<K, V> {
  const kept = new WeakMap<K, WeakMap<K, Map<string, V>>>();
  return (left, right, key, compute) => {
    let byRight = kept.get(left);
    if (byRight === undefined) kept.set(left, (byRight = new WeakMap<K, Map<string, V>>()));
    let byKey = byRight.get(right);
    if (byKey === undefined) byRight.set(right, (byKey = new Map<string, V>()));
    let value = byKey.get(key);
    if (value === undefined) byKey.set(key, (value = compute()));
    return value;
  };
}
