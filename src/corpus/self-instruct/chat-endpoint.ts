/** A model behind the API that OpenAI's servers, vLLM, llama.cpp, Ollama and others share. */
import { setTimeout as wait } from 'node:timers/promises';
import { AthanorError, ConfigError } from '../../base/index.ts';
import type { Message } from '../../chat/index.ts';

export interface ChatEndpoint {
  /** Up to and without `/chat/completions`: `http://localhost:8000/v1`. */
  readonly url: string;
  readonly model: string;
  /** Sent as a bearer token. */
  readonly key?: string | undefined;
  /** For one answer. Default: 120,000. */
  readonly timeoutMs?: number | undefined;
  /** How often a request is sent again that failed on its way or at a busy server. Default: 5. */
  readonly maxRetries?: number | undefined;
  /** Before the first repetition, doubled for each further one. Default: 1,000. */
  readonly retryMs?: number | undefined;
}

export interface ChatRequest {
  readonly messages: readonly Message[];
  readonly temperature: number;
  readonly maxTokens: number;
}

/** An answer, or why it is none. */
export type ChatAnswer =
  | { readonly text: string; readonly isCut: boolean }
  | { readonly rejected: 'an answer that is not JSON' | 'an answer without text' };

/**
 * @throws ConfigError when the server refuses the request (400 to 499); AthanorError when it cannot be
 *   reached, or fails again and again.
 */
export async function askEndpoint(
  endpoint: ChatEndpoint,
  request: ChatRequest,
): Promise<ChatAnswer> {
  const { maxRetries = 5, retryMs = 1_000 } = endpoint;
  for (let attempt = 0; ; attempt++) {
    const sent = await send(endpoint, request);
    if ('body' in sent) return answerIn(sent.body);
    if (attempt >= maxRetries) throw unreachable(endpoint, sent.failed);
    await wait(Math.max(retryMs * 2 ** attempt, sent.retryAfterMs ?? 0));
  }
}

type Sent =
  | { readonly body: string }
  | { readonly failed: string; readonly retryAfterMs?: number | undefined };

async function send(endpoint: ChatEndpoint, request: ChatRequest): Promise<Sent> {
  const { url, model, key, timeoutMs = 120_000 } = endpoint;
  const { messages, temperature, maxTokens } = request;
  let response: Response;
  let body: string;
  try {
    response = await fetch(`${url.replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({ model, messages, temperature, max_tokens: maxTokens }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    body = await response.text();
  } catch (error) {
    const { message, cause } = error as Error;
    return { failed: cause instanceof Error ? `${message}: ${cause.message}` : message };
  }
  const { status } = response;
  if (response.ok) return { body };
  if (status < 500 && status !== 429 && status !== 408) throw refused(endpoint, status, body);
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  const retryAfterMs = seconds > 0 && seconds <= 600 ? 1_000 * seconds : undefined;
  return { failed: `status ${status}`, retryAfterMs };
}

function answerIn(body: string): ChatAnswer {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { rejected: 'an answer that is not JSON' };
  }
  const choice = (json as { choices?: readonly unknown[] } | null)?.choices?.[0] as
    | { message?: { content?: unknown }; finish_reason?: unknown }
    | undefined;
  const text = choice?.message?.content;
  if (typeof text !== 'string' || text.trim() === '' || !text.isWellFormed()) {
    return { rejected: 'an answer without text' };
  }
  return { text: text.trim(), isCut: choice?.finish_reason === 'length' };
}

function refused({ url }: ChatEndpoint, status: number, body: string): ConfigError {
  return new ConfigError({
    what: `the request to ${url}`,
    must: 'be one that the server takes',
    got: `status ${status}: ${body.slice(0, 200)}`,
    hint: 'look at the address, the name of the model and the key',
  });
}

function unreachable({ url }: ChatEndpoint, got: string): AthanorError {
  return new AthanorError({
    what: url,
    must: 'answer',
    got,
    hint: 'start the server, and run the same command again: it goes on where it stopped',
  });
}
