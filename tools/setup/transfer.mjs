import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { requireSpace } from './disk-space.mjs';
import { codeOf } from './problem.mjs';
import { createMeter } from './transfer-meter.mjs';

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
    const meter = createMeter(job.progress, start, total);
    await save(response.body, part, start, (numBytes) => {
      watch.touch();
      meter(numBytes);
    });
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
 * Writes each chunk as it comes, so that a broken transfer keeps all that arrived.
 * @param {ReadableStream<Uint8Array>} body
 * @param {string} part
 * @param {number} start Bytes to keep of what is there.
 * @param {(numBytes: number) => void} onChunk
 */
async function save(body, part, start, onChunk) {
  const file = openSync(part, start > 0 ? 'a' : 'w');
  try {
    for await (const chunk of body) {
      for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at);
      onChunk(chunk.length);
    }
  } finally {
    closeSync(file);
  }
}
