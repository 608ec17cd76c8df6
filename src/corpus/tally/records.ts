/** Records whose names come from texts: one of them may be `__proto__`. */

export function mergeRecords<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  merge: (a: T, b: T) => T,
): Record<string, T> {
  const merged: Record<string, T> = {};
  for (const name of [...Object.keys(a), ...Object.keys(b)].sort()) {
    const [one, other] = [field(a, name), field(b, name)];
    const both = one !== undefined && other !== undefined;
    setField(merged, name, both ? merge(one, other) : ((one ?? other) as T));
  }
  return merged;
}

export function field<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

export function setField<T>(record: Record<string, T>, name: string, value: T): void {
  Object.defineProperty(record, name, {
    ...{ value, writable: true, enumerable: true, configurable: true },
  });
}
