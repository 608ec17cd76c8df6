/**
 * Prompts with answers as one batch for a model's forward pass. Shapes: B rows, S places of the
 * longest prompt and answer, T tokens of the longest answer, C hidden.
 */
import { ConfigError } from '../base/index.ts';
import { inOneRow } from '../nn/index.ts';
import { type Device, type Tensor, tensor } from '../tensor/index.ts';

/** What was asked, and what was answered. */
export interface PromptAndAnswer {
  prompt: ArrayLike<number>;
  /** At least one token: an empty answer is its end token. */
  answer: ArrayLike<number>;
}

/** What a model reads, and the tokens of the answers in it, N of all. */
export interface PackedAnswers {
  /** int64[B, S] */
  sequences: Tensor;
  /** int64[N]: the tokens of all answers without padding, one answer after the other. */
  packedTokens: Tensor;
  /** int64[N]: where the state before each of them stands in all rows in a row. */
  packedPlaces: Tensor;
  /** Tokens of each answer. */
  lengths: readonly number[];
  /** Of one row of sequences: where each stands, and how long they are. See `GptOptions`. */
  apart?: { positions: Tensor; documentLengths: readonly number[] };
}

/** Padded at the right, so positions begin at 0 and no token sees padding: no mask is needed. */
export interface AnswerBatch extends PackedAnswers {
  /** int64[B, T]: the answers alone. */
  tokens: Tensor;
  /** int64[B, T]: where in the row the state before each token stands. */
  statePlaces: Tensor;
}

/**
 * @param padId any token; it stands where nothing looks
 * @throws ConfigError for a prompt or an answer without a token.
 */
export function answerBatch(
  rows: readonly PromptAndAnswer[],
  padId = 0,
  device: Device = 'cpu',
): AnswerBatch {
  checkRows(rows);
  const lengths = rows.map(({ answer }) => answer.length);
  const numTokens = Math.max(...lengths);
  const numPlaces = Math.max(...rows.map(({ prompt, answer }) => prompt.length + answer.length));
  const padded = (tokens: number[], length: number) =>
    tokens.concat(new Array(length - tokens.length).fill(padId));
  const whole = ({ prompt, answer }: PromptAndAnswer) =>
    padded([...Array.from(prompt), ...Array.from(answer)], numPlaces);
  const places = ({ prompt }: PromptAndAnswer) =>
    Array.from({ length: numTokens }, (_, t) => Math.min(prompt.length - 1 + t, numPlaces - 1));
  const packedPlaces = ({ prompt, answer }: PromptAndAnswer, row: number) =>
    Array.from(answer, (_, t) => row * numPlaces + prompt.length - 1 + t);
  const int64 = (values: number[] | number[][]) => tensor(values, { dtype: 'int64', device });
  return {
    sequences: int64(rows.map(whole)),
    tokens: int64(rows.map(({ answer }) => padded(Array.from(answer), numTokens))),
    statePlaces: int64(rows.map(places)),
    packedTokens: int64(rows.flatMap(({ answer }) => Array.from(answer))),
    packedPlaces: int64(rows.flatMap(packedPlaces)),
    lengths,
  };
}

/**
 * As {@link answerBatch}, one behind the other in one row, where they do not see each other: for a CPU,
 * on which padding costs as much as tokens.
 */
export function answerRow(rows: readonly PromptAndAnswer[]): PackedAnswers {
  checkRows(rows);
  const wholes = rows.map(({ prompt, answer }) => [...Array.from(prompt), ...Array.from(answer)]);
  const { tokens, positions, documentLengths, ends } = inOneRow(wholes);
  const packedPlaces = rows.flatMap(({ answer }, row) => {
    const first = (ends[row] as number) - answer.length - 1;
    return Array.from(answer, (_, t) => first + t);
  });
  const int64 = (values: number[]) => tensor(values, { dtype: 'int64' });
  return {
    sequences: tokens,
    packedTokens: int64(rows.flatMap(({ answer }) => Array.from(answer))),
    packedPlaces: int64(packedPlaces),
    lengths: rows.map(({ answer }) => answer.length),
    apart: { positions, documentLengths },
  };
}

/**
 * Of the hidden states [B, S, C] of `sequences`, those before each token of the answers: [B, T, C].
 * They give the token's log-probability, and the value of having come so far.
 */
export function answerStates(hidden: Tensor, { statePlaces }: AnswerBatch): Tensor {
  const [numRows = 0, numTokens = 0] = statePlaces.shape;
  const places = statePlaces.unsqueeze(2).expand([numRows, numTokens, hidden.size(2)]);
  return hidden.gather(1, places);
}

/** The part of a model that makes hidden states: `Gpt` is one. */
export interface StateLayers {
  forward(tokens: Tensor, options: StateOptions): Tensor;
}

interface StateOptions extends Partial<NonNullable<PackedAnswers['apart']>> {
  outputPlaces: Tensor;
}

/**
 * The states of {@link answerStates} without padding, [N, C]: losses are means over tokens, so nothing
 * of the rows has to be kept, no logits of padding are made, and the last layer passes over prompts.
 */
export function packedStates(
  model: StateLayers,
  { sequences, packedPlaces: outputPlaces, apart }: PackedAnswers,
): Tensor {
  return model.forward(sequences, { ...apart, outputPlaces });
}

function checkRows(rows: readonly PromptAndAnswer[]): void {
  for (const [i, { prompt, answer }] of rows.entries()) {
    if (prompt.length > 0 && answer.length > 0) continue;
    throw new ConfigError({
      what: `row ${i} of a batch`,
      must: 'have a prompt and an answer of at least one token each',
      got: `${prompt.length} and ${answer.length} tokens`,
    });
  }
}
