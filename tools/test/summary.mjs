// What a test run came to: tests counted, seconds per file, and whether that is a pass.

import path from 'node:path';

/**
 * @typedef {object} Suite one test file
 * @property {string} file relative to the repository
 * @property {number} seconds from loading the file to its last hook
 * @property {number} numPassed
 * @property {number} numFailed
 * @property {number} numSkipped
 *
 * @typedef {object} Summary
 * @property {Suite[]} suites slowest last
 * @property {number} numPassed
 * @property {number} numFailed failed tests, files that failed as a whole and errors outside tests
 * @property {number} numSkipped
 */

/**
 * @param {readonly import('vitest/node').TestModule[]} modules
 * @param {readonly unknown[]} unhandledErrors errors that belong to no test, a crashed process among them
 * @returns {Summary}
 */
export function summarize(modules, unhandledErrors) {
  const suites = modules.map(summarizeModule).sort((a, b) => a.seconds - b.seconds);
  /** @param {'numPassed' | 'numFailed' | 'numSkipped'} key */
  const total = (key) => suites.reduce((sum, suite) => sum + suite[key], 0);
  return {
    suites,
    numPassed: total('numPassed'),
    numFailed: total('numFailed') + unhandledErrors.length,
    numSkipped: total('numSkipped'),
  };
}

/**
 * A run without any passed test is not green: most likely the paths were mistyped.
 *
 * @param {Summary} summary
 */
export function isGreen({ numPassed, numFailed }) {
  return numFailed === 0 && numPassed > 0;
}

/** @param {Summary} summary */
export function formatCounts({ numPassed, numFailed, numSkipped }) {
  const counts = `${numPassed} passed, ${numFailed} failed`;
  return numSkipped === 0 ? counts : `${counts}, ${numSkipped} skipped`;
}

/** @param {Summary} summary */
export function formatSuites({ suites }) {
  const total = suites.reduce((sum, suite) => sum + suite.seconds, 0);
  const lines = suites.map(({ seconds, file }) => `${seconds.toFixed(2).padStart(8)} s  ${file}`);
  return [...lines, `${total.toFixed(2).padStart(8)} s  in ${suites.length} files`].join('\n');
}

/**
 * @param {import('vitest/node').TestModule} module
 * @returns {Suite}
 */
function summarizeModule(module) {
  const states = [...module.children.allTests()].map((test) => test.result().state);
  /** @param {string} state */
  const numOf = (state) => states.filter((other) => other === state).length;
  const { setupDuration, collectDuration, duration } = module.diagnostic();
  return {
    file: path.relative(process.cwd(), module.moduleId),
    seconds: (setupDuration + collectDuration + duration) / 1000,
    numPassed: numOf('passed'),
    // A test is still pending at the end when its process died under it.
    numFailed: numOf('failed') + numOf('pending') + countFailuresOutsideTests(module),
    numSkipped: numOf('skipped'),
  };
}

/**
 * A file that does not load, and hooks that throw, fail no test of their own.
 *
 * @param {import('vitest/node').TestModule} module
 */
function countFailuresOutsideTests(module) {
  const suites = [...module.children.allSuites()];
  return module.errors().length + suites.flatMap((suite) => suite.errors()).length;
}
