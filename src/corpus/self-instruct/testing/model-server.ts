/** A server on this machine that answers as models behind the API of OpenAI do. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ServedRequest {
  readonly headers: IncomingMessage['headers'];
  readonly model: string;
  readonly content: string;
}

/** What the server does instead of answering: a status, or a body as it is. */
export type Trouble =
  | { readonly status: number; readonly after?: string }
  | { readonly body: string };

export interface ModelServer {
  readonly url: string;
  readonly requests: ServedRequest[];
  /** Asked for each request, by its number from 0. */
  trouble: (number: number, request: ServedRequest) => Trouble | undefined;
  close(): Promise<unknown>;
}

/** Answers are functions of the question alone; lists hold six tasks, of which three are bad. */
export async function startModelServer(): Promise<ModelServer> {
  const server = createServer((request, response) => void handle(request, response, model));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = server.address() as AddressInfo;
  const model: ModelServer = {
    url: `http://127.0.0.1:${port}/v1`,
    requests: [],
    trouble: () => undefined,
    close: () => closed(server),
  };
  return model;
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  model: ModelServer,
): Promise<void> {
  const body = JSON.parse(await text(request));
  const served = { headers: request.headers, model: body.model, content: body.messages[0].content };
  const trouble = model.trouble(model.requests.length, served);
  model.requests.push(served);
  const isKnown = request.method === 'POST' && request.url === '/v1/chat/completions';
  if (!isKnown) response.writeHead(404).end();
  else if (trouble === undefined) response.end(completion(answerTo(served.content)));
  else if ('body' in trouble) response.end(trouble.body);
  else response.writeHead(trouble.status, { 'retry-after': trouble.after ?? '0' }).end('no');
}

export function completion(content: unknown, finish_reason = 'stop'): string {
  return JSON.stringify({ choices: [{ message: { role: 'assistant', content }, finish_reason }] });
}

function answerTo(content: string): string {
  if (!content.startsWith('Here are tasks')) return `Answer ${hashOf(content).slice(0, 8)}`;
  const words = hashOf(content).match(/.{4}/g) ?? [];
  const task = (at: number) => `Explain ${words.slice(at, at + 5).join(' ')} to a child`;
  return [
    'Of course:',
    `9. ${task(0)}`,
    `10. ${task(5)}.`,
    `**11.** ${task(10)}`,
    '12. Sing',
    '13. Describe the picture of the old town',
    '14. Tell me what the capital of France is today',
  ].join('\n');
}

function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

function closed(server: Server): Promise<unknown> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
}
