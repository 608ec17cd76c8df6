import { availableParallelism } from 'node:os';
import { ensureAddon } from './setup/addon.mjs';
import { findLibtorch } from './setup/libtorch.mjs';
import { cachePath, openCache, packageRoot } from './setup/locations.mjs';
import { createReporter } from './setup/reporter.mjs';

const reporter = createReporter({ quiet: false, json: false });
try {
  const cache = cachePath();
  openCache(cache);
  let t = Date.now();
  const found = await findLibtorch({ env: process.env, note: (s) => reporter.note('libtorch', s) });
  reporter.done(
    'libtorch',
    { text: `${found.libtorch.version} ${found.libtorch.folder}`, changed: false },
    (Date.now() - t) / 1000,
  );
  t = Date.now();
  const outcome = await ensureAddon({
    root: packageRoot,
    cache,
    ...found,
    numJobs: availableParallelism(),
    progress: (s) => reporter.progress('addon', s),
  });
  reporter.done('addon', outcome, (Date.now() - t) / 1000);
} catch (error) {
  reporter.failed(error);
  process.exitCode = 1;
}
