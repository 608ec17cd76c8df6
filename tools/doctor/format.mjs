/**
 * The report for people: a line for each finding, under it what mends it, and a last line that
 * says what to do.
 * @param {import('./examine.mjs').Report} report
 */
export function formatReport({ isReady, isUsable, findings }) {
  const marks = { found: '  ', missing: '! ', note: '  ' };
  const lines = findings.flatMap(({ name, status, text, mend }) => {
    const line = `${marks[status]}${name.padEnd(11)} ${status === 'missing' ? 'missing: ' : ''}${text}`;
    return mend === undefined ? [line] : [line, ...mendLines(mend)];
  });
  lines.push('', conclusion(isReady, isUsable));
  return `${lines.join('\n')}\n`;
}

/** @param {string} mend */
function mendLines(mend) {
  return mend
    .split('\n')
    .map((line, i) => `${' '.repeat(14)}${i === 0 ? 'to mend: ' : ' '.repeat(9)}${line}`);
}

/**
 * @param {boolean} isReady
 * @param {boolean} isUsable
 */
function conclusion(isReady, isUsable) {
  if (isReady) return 'Ready.';
  return isUsable
    ? 'Not ready yet, but all that set-up needs is here: npm run setup'
    : 'Not usable: first mend the lines marked with "!", then type: npm run setup';
}
