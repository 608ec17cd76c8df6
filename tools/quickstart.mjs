/** `npm run quickstart`: from raw text to a GPT of your own. Options go to `athanor run`. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from './setup/locations.mjs';

const command = join(packageRoot, 'bin/athanor.mjs');
const { status } = spawnSync(
  process.execPath,
  [command, 'run', 'quickstart', ...process.argv.slice(2)],
  { cwd: packageRoot, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
