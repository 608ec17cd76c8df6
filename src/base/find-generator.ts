import { ConfigError } from './errors.ts';

/**
 * What a config names, among what is built in.
 *
 * @param where the config that names it, such as `sft.data.0`
 * @throws ConfigError for a generator that does not exist.
 */
export function findGenerator<Generator>(
  where: string,
  name: string,
  generators: Readonly<Record<string, Generator>>,
): Generator {
  const found = Object.hasOwn(generators, name) ? generators[name] : undefined;
  if (found !== undefined) return found;
  const must = `be one of ${Object.keys(generators).join(', ')}`;
  throw new ConfigError({ what: `${where}.generator`, must, got: name });
}
