/**
 * @typedef {object} Outcome
 * @property {string} text What was found or done, for one line.
 * @property {boolean} changed False when everything was as it should be already.
 */

/**
 * @typedef {object} Reporter
 * @property {(step: string, text: string) => void} progress A line that the next one replaces.
 * @property {(step: string, text: string) => void} note A line that stays.
 * @property {(step: string, outcome: Outcome, seconds: number) => void} done
 * @property {(error: unknown) => void} failed
 */

const linePeriodMs = 5_000;

/**
 * Prints what set-up does. On a terminal progress is one line that is drawn again; elsewhere a
 * line every five seconds. `quiet` prints only what was done, `json` one event per line on stdout.
 * @param {{ quiet: boolean, json: boolean }} options
 * @param {{ stdout: NodeJS.WritableStream, stderr: NodeJS.WriteStream }} [streams]
 * @returns {Reporter}
 */
export function createReporter(options, streams = process) {
  return options.json ? jsonReporter(streams.stdout) : textReporter(options.quiet, streams.stderr);
}

/**
 * @param {boolean} quiet
 * @param {NodeJS.WriteStream} out
 * @returns {Reporter}
 */
function textReporter(quiet, out) {
  const { line, transient } = createScreen(out);
  const head = (/** @type {string} */ step) => step.padEnd(13);
  return {
    progress: (step, text) => transient(`${head(step)} ${text}`),
    note: (step, text) => line(`${head(step)} ${text}`),
    done(step, { text, changed }, seconds) {
      if (quiet && !changed) return;
      line(`${head(step)} ${changed ? `${text} · ${seconds.toFixed(1)} s` : text}`);
    },
    failed: (error) => line(describe(error)),
  };
}

/**
 * Lines that stay, and lines that the next one replaces; where nothing can be replaced, one of
 * these is printed every five seconds.
 * @param {NodeJS.WriteStream} out
 */
function createScreen(out) {
  let lastMs = Date.now();
  let eraser = '';
  return {
    line(/** @type {string} */ text) {
      out.write(`${eraser}${text}\n`);
      eraser = '';
    },
    transient(/** @type {string} */ text) {
      if (out.isTTY) {
        out.write(eraser + text.slice(0, Math.max(20, (out.columns ?? 80) - 1)));
        eraser = '\r\u001b[2K';
      } else if (Date.now() - lastMs >= linePeriodMs) {
        lastMs = Date.now();
        out.write(`${text}\n`);
      }
    },
  };
}

/**
 * @param {NodeJS.WritableStream} out
 * @returns {Reporter}
 */
function jsonReporter(out) {
  const write = (/** @type {object} */ event) => out.write(`${JSON.stringify(event)}\n`);
  return {
    progress: (step, text) => write({ event: 'progress', step, text }),
    note: (step, text) => write({ event: 'note', step, text }),
    done: (step, { text, changed }, seconds) =>
      write({ event: 'done', step, text, changed, seconds }),
    failed: (error) => write({ event: 'failed', message: describe(error) }),
  };
}

/**
 * A known problem is its message; anything else is a defect of ours and keeps its stack.
 * @param {unknown} error
 */
function describe(error) {
  if (!(error instanceof Error)) return String(error);
  const known = 'exitCode' in error;
  return known ? `${error.name}: ${error.message}` : (error.stack ?? error.message);
}
