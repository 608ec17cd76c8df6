import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How the server answers one request; what is not said is what a good server does.
 * @typedef {object} Behaviour
 * @property {number} [status] Instead of the file.
 * @property {boolean} [ignoresRange]
 * @property {number} [cutAfter] Closes the connection after so many bytes of the file's rest.
 * @property {boolean} [stalls] Sends nothing after the headers.
 * @property {number} [bytesPerSecond]
 */

/**
 * A real HTTP server on this machine that serves one file, well or badly.
 * @param {Buffer} content
 * @param {Behaviour[]} [behaviours] For the first requests; later ones get the last of them.
 */
export async function serveFile(content, behaviours = [{}]) {
  /** The Range header of each request, or "all". @type {string[]} */
  const requests = [];
  const server = createServer((request, response) => {
    const behaviour = behaviours[Math.min(requests.length, behaviours.length - 1)] ?? {};
    requests.push(request.headers.range ?? 'all');
    void answer(response, content, request.headers.range, behaviour);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}/`, requests, close };
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Buffer} content
 * @param {string | undefined} range
 * @param {Behaviour} behaviour
 */
async function answer(response, content, range, behaviour) {
  const { status, ignoresRange, cutAfter, stalls, bytesPerSecond } = behaviour;
  if (status !== undefined) {
    response.writeHead(status).end();
    return;
  }
  const asked = ignoresRange ? undefined : /^bytes=(\d+)-$/.exec(range ?? '')?.[1];
  const start = Number(asked ?? 0);
  if (start >= content.length) {
    response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    return;
  }
  const rest = content.subarray(start);
  const last = content.length - 1;
  response.writeHead(asked === undefined ? 200 : 206, {
    'content-length': rest.length,
    ...(asked !== undefined && { 'content-range': `bytes ${start}-${last}/${content.length}` }),
  });
  response.flushHeaders();
  if (stalls) return;
  if (bytesPerSecond !== undefined) await drip(response, rest, bytesPerSecond);
  else if (cutAfter === undefined) response.end(rest);
  else await cut(response, rest.subarray(0, cutAfter));
}

/**
 * Sends some bytes and closes the connection when the client, which runs in the same process, has
 * had many turns to read them.
 * @param {import('node:http').ServerResponse} response
 * @param {Buffer} bytes
 */
async function cut(response, bytes) {
  response.write(bytes);
  for (let turn = 0; turn < 20; turn += 1) await sleep(5);
  response.destroy();
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Buffer} rest
 * @param {number} bytesPerSecond
 */
async function drip(response, rest, bytesPerSecond) {
  const step = Math.ceil(bytesPerSecond / 20);
  for (let sent = 0; sent < rest.length && !response.destroyed; sent += step) {
    response.write(rest.subarray(sent, sent + step));
    await sleep(50);
  }
  response.end();
}
