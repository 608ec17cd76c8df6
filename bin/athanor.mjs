#!/usr/bin/env node
/**
 * The command `athanor`. Set-up and doctor run as they are, for they must work before anything is
 * compiled; every other command is in dist/.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const unbuiltCommands = ['setup', 'doctor'];
const command = process.argv[2];

if (command !== undefined && unbuiltCommands.includes(command)) {
  process.argv.splice(2, 1);
  await import(`../tools/${command}.mjs`);
} else {
  await runCompiled(process.argv.slice(2));
}

/** @param {string[]} args */
async function runCompiled(args) {
  const main = new URL('../dist/src/cli/main.js', import.meta.url);
  if (existsSync(main)) {
    process.stdout.on('error', leaveQuietly);
    const { main: run } = await import(main.href);
    process.exitCode = await run(args);
    return;
  }
  process.stderr.write(
    `AthanorError: Athanor must be compiled before this command, got no ${fileURLToPath(main)}\n` +
      '  hint: npm run setup (in a clone) or npx athanor setup (in a project)\n',
  );
  process.exitCode = 1;
}

/**
 * Whoever reads the output may leave before its end, as `head` does.
 * @param {NodeJS.ErrnoException} error
 */
function leaveQuietly(error) {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}
