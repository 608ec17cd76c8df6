/**
 * The first thing to see after set-up: a network that learns, in the example that shows how.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from './setup/locations.mjs';

const example = 'examples/fit-two-layers.ts';

process.stdout.write(`\nFitting a two-layer network to a sine (${example}) …\n`);
const { status } = spawnSync(process.execPath, ['--import', 'tsx', example], {
  cwd: packageRoot,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
process.stdout.write(
  status === 0
    ? `\nIt works. Read ${join(packageRoot, example)} next.\n`
    : '\nThe example failed. To see what is missing: npm run doctor\n',
);
