/**
 * Says what Athanor needs, what of it is here, and the command that mends what is not. Works in a
 * clone where nothing is installed or built, and changes nothing. Exit codes: 0 ready, or ready
 * after `npm run setup` · 1 something is missing that set-up cannot bring · 2 usage.
 */
import { parseArgs } from 'node:util';
import { examine } from './doctor/examine.mjs';
import { formatReport } from './doctor/format.mjs';
import { cachePath, packageRoot } from './setup/locations.mjs';
import { messageOf, UsageProblem } from './setup/problem.mjs';

const usage = `Usage: npm run doctor [-- options]     (or: athanor doctor [options])

Says what was found, what is missing and the command that mends it.
Exits with 0 when Athanor is ready, or will be after npm run setup.

Options:
  --json    print the report as JSON
  --help    print this
`;

process.exitCode = await main(process.argv.slice(2));

/** @param {string[]} args */
async function main(args) {
  const flag = /** @type {const} */ ({ type: 'boolean', default: false });
  let options;
  try {
    options = parseArgs({ args, options: { json: flag, help: flag } }).values;
  } catch (error) {
    const hint = 'npm run doctor -- --help';
    const parts = { what: 'the options of doctor', must: 'be those that --help lists', hint };
    const problem = new UsageProblem({ ...parts, got: messageOf(error) });
    process.stderr.write(`${problem.name}: ${problem.message}\n`);
    return problem.exitCode;
  }
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  const report = await examine({ root: packageRoot, cache: cachePath(), env: process.env });
  process.stdout.write(
    options.json ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report),
  );
  return report.isUsable ? 0 : 1;
}
