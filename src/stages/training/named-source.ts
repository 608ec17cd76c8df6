/** Data that a config names: files, or a source that is built in. */
import { z } from 'zod';
import { ConfigError } from '../../base/index.ts';

/** The fields that all such data have; a schema can have more beside them. */
export const sourceFields = {
  files: z.array(z.string().min(1)).min(1).exactOptional(),
  generator: z.string().exactOptional(),
  options: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
};

/**
 * @param where the entry in the config, such as `sft.data.0`
 * @throws ConfigError unless it has either files or a generator.
 */
export function checkSource(
  where: string,
  { files, generator }: { readonly files?: readonly string[]; readonly generator?: string },
): void {
  if ((files === undefined) !== (generator === undefined)) return;
  const got = files === undefined ? 'neither' : 'both';
  throw new ConfigError({ what: where, must: 'have files or a generator', got });
}

/** The error for data of which nothing is left. @param rejected how often for which reason */
export function nothingLeft(
  what: string,
  must: string,
  numRead: number,
  rejected: Readonly<Record<string, number>>,
): ConfigError {
  const reasons = Object.entries(rejected).map(([reason, number]) => `${number} ${reason}`);
  const got = `none of ${numRead}${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''}`;
  return new ConfigError({ what, must, got });
}
