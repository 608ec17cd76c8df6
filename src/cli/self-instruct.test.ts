import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { main } from './main.ts';
import { captureOutput } from './testing/capture-output.ts';

const output = captureOutput();

it('athanor self-instruct asks a server, with a key, and writes conversations', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'athanor-cli-'));
  const keys = new Set<string | undefined>();
  const server = createServer(async (request, response) => {
    keys.add(request.headers.authorization);
    const isList = (await text(request)).includes('Here are tasks');
    const content = isList ? '1. Tell me why the sea is salty' : 'Rivers carry salt.';
    response.end(JSON.stringify({ choices: [{ message: { content }, finish_reason: 'stop' }] }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const [seeds, key, out] = ['seeds.jsonl', 'key', 'out'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(seeds, `${JSON.stringify({ prompt: 'Name a colour', completion: 'red' })}\n`);
  writeFileSync(key, 'secret\n');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const options = ['--endpoint', url, '--model', 'm', '--out', out, '--key-file', key, '-n', '1'];
  expect(await main(['self-instruct', seeds, ...options])).toBe(0);
  expect(output.printed).toMatch(/conversations.jsonl: 1 conversations of 1 instructions/);
  expect([...keys]).toEqual(['Bearer secret']);
  expect(readFileSync(join(out, 'conversations.jsonl'), 'utf8')).toContain('Rivers carry salt.');
  expect(await main(['self-instruct', `${seeds}x`, ...options])).toBe(1);
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});
