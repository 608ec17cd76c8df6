import { expect, test } from 'vitest';
import { SetupProblem } from './problem.mjs';
import { createReporter } from './reporter.mjs';

/**
 * What a reporter writes during a small set-up.
 * @param {{ quiet?: boolean, json?: boolean, isTTY?: boolean }} options
 */
function record({ quiet = false, json = false, isTTY = false }) {
  /** @type {string[]} */
  const written = [];
  const stream = { isTTY, columns: 40, write: (/** @type {string} */ text) => written.push(text) };
  const streams = /** @type {any} */ ({ stdout: stream, stderr: stream });
  const reporter = createReporter({ quiet, json }, streams);
  reporter.done('packages', { text: 'up to date', changed: false }, 0.01);
  reporter.progress('addon', 'compiling 1/2 and a line that is longer than the terminal');
  reporter.done('addon', { text: 'built', changed: true }, 61.25);
  reporter.failed(new SetupProblem({ what: 'it', must: 'work', got: 'nothing', hint: 'a\nb' }));
  return written.join('');
}

const failure = 'SetupError: it must work, got nothing\n  hint: a\n        b\n';

test('prints one line for each step', () => {
  expect(record({})).toBe(`packages      up to date\naddon         built · 61.3 s\n${failure}`);
});

test('prints with quiet only what was done', () => {
  expect(record({ quiet: true })).toBe(`addon         built · 61.3 s\n${failure}`);
});

test('draws progress on a terminal within its width, and wipes it', () => {
  expect(record({ isTTY: true })).toContain(
    'addon         compiling 1/2 and a line \r\u001b[2Kaddon         built',
  );
});

test('prints JSON lines', () => {
  const events = record({ json: true })
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events.map(({ event }) => event)).toEqual(['done', 'progress', 'done', 'failed']);
  expect(events[2]).toMatchObject({ step: 'addon', text: 'built', changed: true, seconds: 61.25 });
});

test('keeps the stack of what should not happen', () => {
  /** @type {string[]} */
  const written = [];
  const stderr = { isTTY: false, write: (/** @type {string} */ text) => written.push(text) };
  const streams = /** @type {any} */ ({ stdout: stderr, stderr });
  createReporter({ quiet: false, json: false }, streams).failed(new TypeError('a defect'));
  expect(written.join('')).toMatch(/TypeError: a defect\n {4}at /);
});
