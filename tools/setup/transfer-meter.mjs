import { formatBytes } from './disk-space.mjs';

/**
 * Tells how many bytes came, how fast, and how long the rest takes.
 * @param {(text: string) => void} progress
 * @param {number} start
 * @param {number | undefined} total
 * @returns {(numBytes: number) => void}
 */
export function createMeter(progress, start, total) {
  const startedMs = Date.now();
  let done = start;
  let toldMs = 0;
  return (numBytes) => {
    done += numBytes;
    if (Date.now() - toldMs < 250) return;
    toldMs = Date.now();
    const seconds = Math.max(0.001, (toldMs - startedMs) / 1000);
    progress(describe(done, total, (done - start) / seconds));
  };
}

/**
 * @param {number} done
 * @param {number | undefined} total
 * @param {number} bytesPerSecond
 */
function describe(done, total, bytesPerSecond) {
  const speed = `${formatBytes(bytesPerSecond)}/s`;
  if (total === undefined) return `${formatBytes(done)}, ${speed}`;
  const seconds = Math.ceil((total - done) / Math.max(1, bytesPerSecond));
  const left = seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `${formatBytes(done)} of ${formatBytes(total)}, ${speed}, ${left} left`;
}
