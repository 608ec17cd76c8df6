import { SetupProblem } from './problem.mjs';

const maxLines = 6;

/**
 * The problem that a build's log tells of: its first error lines and where the rest is.
 * @param {string} log
 * @param {string} logPath
 */
export function compileFailure(log, logPath) {
  const outOfMemory = /Killed signal terminated program|fatal error: Killed/.test(log);
  return new SetupProblem({
    what: 'the addon',
    must: 'compile',
    got: outOfMemory ? 'a compiler that the system ended for want of memory' : firstErrors(log),
    hint: outOfMemory
      ? 'compile one file at a time: npm run setup -- --jobs 1'
      : `the full log is ${logPath}; npm run doctor shows compiler and LibTorch`,
  });
}

/** @param {string} log */
function firstErrors(log) {
  const lines = log.split('\n').map((line) => line.trimEnd());
  const isError = (/** @type {string} */ line) =>
    /(^|\s)(fatal )?error:|undefined reference|CMake Error|cannot find -l/.test(line);
  const first = lines.findIndex(isError);
  if (first === -1)
    return lines
      .filter((line) => line !== '')
      .slice(-maxLines)
      .join('\n');
  const errors = lines.slice(first).filter((line) => isError(line) || /^\s+\d* \|/.test(line));
  return `\n    ${errors.slice(0, maxLines).join('\n    ')}`;
}
