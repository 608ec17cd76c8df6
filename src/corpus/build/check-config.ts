import { ConfigError } from '../../base/index.ts';
import type { BuildConfig } from './build-config.ts';

/** What every file system takes, also as part of a longer name, and no option or hidden file is. */
const namePattern = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9_-])?$/i;
/** Devices on Windows, whatever follows the dot. */
const reservedName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const sourcePattern = /^[a-z0-9][\w-]{0,63}$/i;

/**
 * @throws ConfigError for names that cannot be those of files, weights below zero, and a filter that
 *   lacks its model.
 */
export function checkBuildConfig(config: BuildConfig): void {
  const { name, sources, weights = {} } = config;
  checkVersionName(name);
  checkModels(config);
  for (const [source, { files }] of Object.entries(sources)) {
    if (!sourcePattern.test(source) || reservedName.test(source)) {
      const must = 'be named by letters, digits, - and _, beginning with a letter or digit';
      throw new ConfigError({ what: 'a source of the corpus', must, got: show(source) });
    }
    if (files.length > 0) continue;
    const what = `corpus.sources.${source}.files`;
    throw new ConfigError({ what, must: 'name files or folders', got: 'none' });
  }
  for (const [source, weight] of Object.entries(weights)) {
    if (weight >= 0 && Number.isFinite(weight)) continue;
    const what = `corpus.weights.${source}`;
    throw new ConfigError({ what, must: 'be a number from 0', got: String(weight) });
  }
}

function checkModels({ sources, scorer }: BuildConfig): void {
  for (const [source, { clean }] of Object.entries(sources)) {
    if (clean.perplexity === undefined || scorer !== undefined) continue;
    throw new ConfigError({
      what: `corpus.sources.${source}.clean.perplexity`,
      must: 'be given a model that scores texts',
      got: 'none',
      hint: '--set corpus.scoreWith=<folder of a model>',
    });
  }
}

/** @throws ConfigError for a name that cannot be that of a folder on every file system. */
function checkVersionName(name: string): void {
  if (namePattern.test(name) && !reservedName.test(name) && !name.includes('..')) return;
  throw new ConfigError({
    what: 'the name of a version',
    must: 'have up to 64 letters, digits, dots, - and _, with a letter or digit in front',
    got: show(name),
  });
}

function show(name: string): string {
  return JSON.stringify(name.slice(0, 80));
}
