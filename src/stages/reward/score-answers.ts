/** Scoring answers that stand in a file. */
import { join } from 'node:path';
import { ConfigError, type JsonObject, readJsonLines } from '../../base/index.ts';
import {
  type ChatTemplate,
  chatTemplateOf,
  endOfAnswer,
  judgeMessages,
  type Message,
} from '../../chat/index.ts';
import {
  documentNames,
  loadRewardModel,
  type RewardModel,
  scoreSequences,
} from '../../model/index.ts';
import { loadTokenizer } from '../../tokenizer/index.ts';

/** A conversation that ends with the answer to be scored, or why a line has none. */
export type AnswerRow = { readonly line: number } & (
  | { readonly messages: readonly Message[] }
  | { readonly rejected: string }
);

export type ScoredRow = { readonly line: number } & (
  | { readonly score: number }
  | { readonly rejected: string }
);

/**
 * The rows of JSON lines (also .gz, .zst): `{"prompt", "answer"}`, of which the prompt is a text or
 * messages, or `{"messages"}` that end with the assistant.
 * @throws FileError for a file that cannot be read.
 */
export async function* readAnswers(file: string): AsyncGenerator<AnswerRow> {
  for await (const row of readJsonLines(file)) {
    const { line } = row;
    yield { line, ...('rejected' in row ? { rejected: row.rejected } : conversationOf(row.value)) };
  }
}

function conversationOf(row: JsonObject): { messages: readonly Message[] } | { rejected: string } {
  const { prompt, answer, messages } = row;
  const asked = typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : prompt;
  if (messages === undefined && (asked === undefined || answer === undefined)) {
    return { rejected: 'neither prompt and answer nor messages' };
  }
  const whole =
    messages ?? (Array.isArray(asked) ? [...asked, { role: 'assistant', content: answer }] : asked);
  const judged = judgeMessages(whole, 'assistant');
  return 'rejected' in judged ? { rejected: judged.rejected } : judged;
}

/** Rows that are scored together. */
const batchSize = 256;

/**
 * The reward of each answer, in the order of the rows, some at a time. What is longer than the model's
 * context is rejected, never cut.
 *
 * @throws ConfigError for a folder that holds no reward model, or one without a chat template.
 */
export async function* scoreAnswers(
  folder: string,
  rows: AsyncIterable<AnswerRow>,
): AsyncGenerator<ScoredRow[]> {
  using model = loadRewardModel(folder);
  const tokenizer = await loadTokenizer(join(folder, documentNames.tokenizer));
  const template = await chatTemplateOf(folder, tokenizer);
  if (template === undefined) {
    throw new ConfigError({ what: folder, must: 'have a chat template', got: 'none' });
  }
  const { contextLength } = model.gpt.config;
  let batch: (AnswerRow | Rendered)[] = [];
  for await (const row of rows) {
    batch.push('rejected' in row ? row : render(row, template, contextLength));
    if (batch.length < batchSize) continue;
    yield scored(model, batch);
    batch = [];
  }
  if (batch.length > 0) yield scored(model, batch);
}

function scored(model: RewardModel, some: readonly (AnswerRow | Rendered)[]): ScoredRow[] {
  const ready = some.filter((row) => 'ids' in row);
  const scores = scoreSequences(
    model,
    ready.map(({ ids }) => ids),
  );
  let next = 0;
  return some.map((row) => {
    if (!('ids' in row)) return row as ScoredRow;
    const score = scores[next++] ?? Number.NaN;
    const { line } = row;
    return Number.isFinite(score) ? { line, score } : { line, rejected: 'no finite score' };
  });
}

interface Rendered {
  readonly line: number;
  readonly ids: Uint32Array;
}

function render(
  { line, messages }: { readonly line: number; readonly messages: readonly Message[] },
  template: ChatTemplate,
  contextLength: number,
): Rendered | { line: number; rejected: string } {
  const rendered = template.render(messages);
  const length = endOfAnswer(rendered);
  if (length <= contextLength) return { line, ids: rendered.ids.slice(0, length) };
  return { line, rejected: `${length} tokens, above the context of ${contextLength}` };
}
