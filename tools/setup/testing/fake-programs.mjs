import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the fake Python and its pip answer; they read it from a file at each call.
 * @typedef {object} FakePython
 * @property {string | null} [torch] The folder of an installed torch.
 * @property {string} [wheelUrl]
 * @property {string} [sha256]
 * @property {string} [version] Of the wheel.
 * @property {string[]} [requires] Of the wheel.
 * @property {string} [wheelPath] What `pip download` copies.
 * @property {string} [pipError] What pip prints before it fails.
 */

/** A Python that knows the three questions of set-up. Runs as CommonJS. */
const python = `
const fs = require('node:fs');
const answers = JSON.parse(fs.readFileSync(process.env.ATHANOR_FAKES + '/python.json', 'utf8'));
const args = process.argv.slice(2);
fs.appendFileSync(process.env.ATHANOR_FAKES + '/calls.log', 'python ' + args.join(' ') + '\\n');
if (args.includes('-c')) {
  console.log(JSON.stringify({ folder: answers.torch ?? null }));
} else if (args.includes('--version')) {
  console.log('pip 24.0');
} else if (answers.pipError) {
  console.error(answers.pipError);
  process.exit(1);
} else if (args.includes('download')) {
  fs.copyFileSync(answers.wheelPath, args[args.indexOf('--dest') + 1] + '/torch.whl');
} else {
  const hashes = answers.sha256 ? { sha256: answers.sha256 } : {};
  const metadata = { name: 'torch', version: answers.version ?? '2.13.0+cpu', requires_dist: answers.requires };
  const install = [{ metadata, download_info: { url: answers.wheelUrl, archive_info: { hashes } } }];
  console.log(JSON.stringify({ version: '1', install }));
}
`;

/** A compiler that refuses sources with "mistake" in them and links to an addon made beforehand. */
const compiler = `
const fs = require('node:fs');
const args = process.argv.slice(2);
fs.appendFileSync(process.env.ATHANOR_FAKES + '/calls.log', 'c++ ' + args.join(' ') + '\\n');
const output = args[args.indexOf('-o') + 1];
const source = args.find((name) => name.endsWith('.cpp'));
const slow = fs.existsSync(process.env.ATHANOR_FAKES + '/slow-compiler');
if (args.includes('--version')) console.log('c++ (Fake) 12.2.0');
else if (args.includes('-fsyntax-only')) process.exit(fs.existsSync(process.env.ATHANOR_FAKES + '/old-compiler') ? 1 : 0);
else if (args.includes('-shared')) fs.copyFileSync(process.env.ATHANOR_FAKES + '/stub.node', output);
else if (fs.readFileSync(source, 'utf8').includes('mistake')) {
  console.error(source + ':1:1: error: a mistake');
  process.exit(1);
} else setTimeout(() => fs.writeFileSync(output, 'object'), slow ? 1000 : 0);
`;

/**
 * Puts a Python and a compiler into a folder for PATH.
 * @param {string} folder
 */
export function writeFakePrograms(folder) {
  const shebang = `#!${process.execPath}\n`;
  writeFileSync(join(folder, 'python3'), shebang + python, { mode: 0o755 });
  writeFileSync(join(folder, 'c++'), shebang + compiler, { mode: 0o755 });
}
