import { examineEngine } from './engine.mjs';
import { examineMachine } from './machine.mjs';
import { examineToolchain } from './toolchain.mjs';

/**
 * @typedef {object} Finding
 * @property {string} name
 * @property {'found' | 'missing' | 'note'} status `missing` only for what Athanor cannot do without.
 * @property {string} text
 * @property {string} [mend] The command, or the action, that mends it.
 * @property {boolean} [bySetup] `npm run setup` brings it.
 * @property {Record<string, unknown>} [details] For programs that read the report.
 */

/**
 * @typedef {object} Surroundings
 * @property {string} root The package folder.
 * @property {string} cache
 * @property {NodeJS.ProcessEnv} env
 */

/**
 * @typedef {object} Report
 * @property {boolean} isReady Everything is there and the addon loads.
 * @property {boolean} isUsable It is ready, or `npm run setup` makes it so.
 * @property {Finding[]} findings
 */

/**
 * @param {Surroundings} surroundings
 * @returns {Promise<Report>}
 */
export async function examine(surroundings) {
  const groups = await Promise.all([
    examineToolchain(surroundings),
    examineEngine(surroundings),
    examineMachine(),
  ]);
  const findings = groups.flat();
  const missing = findings.filter(({ status }) => status === 'missing');
  const isReady = missing.length === 0;
  return { isReady, isUsable: missing.every(({ bySetup }) => bySetup === true), findings };
}
