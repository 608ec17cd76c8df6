/** A class is abstract or final, as in Equinox: what a module does stands in one place. */
import { ConfigError } from '../base/index.ts';

const checked = new WeakSet<object>();

/**
 * @param prototype of the class to check
 * @param base the prototype where to stop; its methods are final, too
 * @param hooks methods of the base that are there to be overridden
 * @throws ConfigError for a method that a class above has written already.
 */
export function checkFinal(prototype: object, base: object, hooks: readonly string[]): void {
  if (checked.has(prototype)) return;
  const owners = new Map<string | symbol, string>();
  for (let each = prototype; ; each = Object.getPrototypeOf(each) as object) {
    const open = new Set<string | symbol>(['constructor', ...(each === base ? hooks : [])]);
    for (const key of Reflect.ownKeys(each)) {
      if (open.has(key)) continue;
      refuseOverride(owners.get(key), each.constructor.name, String(key));
      owners.set(key, each.constructor.name);
    }
    if (each === base) break;
  }
  checked.add(prototype);
}

function refuseOverride(lower: string | undefined, upper: string, method: string): void {
  if (lower === undefined) return;
  throw new ConfigError({
    what: `${method} of ${upper}`,
    must: 'be abstract, or stay as it is in classes that extend it',
    got: `another one in ${lower}`,
    hint: `let ${lower} extend Module, and hold a ${upper} as a field`,
  });
}
