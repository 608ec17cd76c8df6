import { createWriteStream, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { formatBytes, requireSpace } from './disk-space.mjs';
import { codeOf } from './problem.mjs';

/** The server, a certificate or a proxy refuses us; another client of the user's may get through. */
export class DownloadRefused extends Error {}

/** A connection that never came about, or that the other side's certificate forbids. */
const refusedCodes =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|.*CERT.*|UNABLE_TO_.*|ERR_TLS.*)$/;

/**
 * One request for the rest of a file, appended to what is there. Returns when the file is whole;
 * any other end is an exception, and what has come stays.
 * @param {import('./download.mjs').DownloadJob} job
 * @param {string} part
 * @throws {DownloadRefused} when trying again would give the same answer.
 */
export async function transfer(job, part) {
  const have = sizeOf(part);
  const watch = stallWatch(job.stallMs ?? 60_000);
  try {
    const response = await request(job.url, have, watch.signal);
    const total = totalBytes(response, have);
    if (response.status === 416) {
      if (total === have) return;
      rmSync(part, { force: true });
    }
    if (!response.ok || response.body === null) throw refusal(response);
    const start = response.status === 206 ? have : 0;
    const folder = dirname(part);
    if (total !== undefined) requireSpace(folder, total - start, 'download', job.measureSpace);
    const meter = createMeter(job.progress, start, total, watch.touch);
    const target = createWriteStream(part, { flags: start > 0 ? 'a' : 'w' });
    await pipeline(Readable.fromWeb(/** @type {any} */ (response.body)), meter, target);
    if (total !== undefined && sizeOf(part) !== total) throw new Error('the file ended early');
  } finally {
    watch.stop();
  }
}

/** @param {string} path */
export function sizeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/**
 * @param {string} url
 * @param {number} have
 * @param {AbortSignal} signal
 */
async function request(url, have, signal) {
  try {
    return await fetch(url, { signal, headers: have > 0 ? { range: `bytes=${have}-` } : {} });
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const code = codeOf(cause);
    if (code !== undefined && refusedCodes.test(code)) throw new DownloadRefused(code);
    throw error;
  }
}

/**
 * Statuses that the same request would get again are a refusal; the others are worth another try.
 * @param {Response} response
 */
function refusal({ status, statusText }) {
  const text = `the server answered ${status} ${statusText}`.trim();
  const isTemporary = status === 408 || status === 416 || status === 429 || status >= 500;
  return isTemporary ? new Error(text) : new DownloadRefused(text);
}

/**
 * The size of the whole file, if the server says it.
 * @param {Response} response
 * @param {number} have
 */
function totalBytes(response, have) {
  const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (total !== undefined) return Number(total);
  const length = response.headers.get('content-length');
  if (length === null || response.headers.has('content-encoding')) return undefined;
  return Number(length) + (response.status === 206 ? have : 0);
}

/**
 * Ends a transfer that stands still.
 * @param {number} stallMs
 */
function stallWatch(stallMs) {
  const controller = new AbortController();
  const abort = () => controller.abort(new Error(`no data for ${stallMs / 1000} s`));
  let timer = setTimeout(abort, stallMs);
  return {
    signal: controller.signal,
    touch() {
      clearTimeout(timer);
      timer = setTimeout(abort, stallMs);
    },
    stop: () => clearTimeout(timer),
  };
}

/**
 * Passes bytes on and tells how many came, how fast, and how long the rest takes.
 * @param {(text: string) => void} progress
 * @param {number} start
 * @param {number | undefined} total
 * @param {() => void} touch
 */
function createMeter(progress, start, total, touch) {
  const startedMs = Date.now();
  let done = start;
  let toldMs = 0;
  return new Transform({
    transform(chunk, _encoding, next) {
      done += chunk.length;
      touch();
      if (Date.now() - toldMs > 250) {
        toldMs = Date.now();
        const seconds = Math.max(0.001, (toldMs - startedMs) / 1000);
        progress(describe(done, total, (done - start) / seconds));
      }
      next(null, chunk);
    },
  });
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
