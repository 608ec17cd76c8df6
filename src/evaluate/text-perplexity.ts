/** How surprising single texts are to a model. */
import type { Gpt } from '../model/index.ts';
import { ignoreIndex } from '../nn/index.ts';
import { noGrad, scope, stack, tensor } from '../tensor/index.ts';
import type { Tokenizer } from '../tokenizer/index.ts';

/** Tokens of one window, and what comes after each. */
interface Window {
  text: number;
  tokens: BigInt64Array;
  targets: BigInt64Array;
}

/** Windows that go through the model together. */
const windowsPerBatch = 8;

/**
 * The perplexity of each text: e to the mean loss of its tokens, in nats. A text begins behind the
 * token that separates texts, where the tokenizer has one; a long one is cut into windows of the
 * model's context, each of which knows nothing of the one before. A text without a token to predict
 * has no perplexity: NaN. Synchronous: give it a few texts at a time.
 *
 * Shapes: B windows, T positions, C hidden.
 */
export function textPerplexities(
  model: Gpt,
  tokenizer: Tokenizer,
  texts: readonly string[],
): number[] {
  const { contextLength } = model.config;
  const separator = tokenizer.specialTokens.ids.get('<|endoftext|>');
  const windows = texts.flatMap((text, i) => {
    const ids = [...(separator === undefined ? [] : [separator]), ...tokenizer.encode(text)];
    return windowsOf(ids, contextLength).map((window) => ({ ...window, text: i }));
  });
  const losses = new Float64Array(texts.length);
  const counts = new Float64Array(texts.length);
  for (let at = 0; at < windows.length; at += windowsPerBatch) {
    const batch = windows.slice(at, at + windowsPerBatch);
    for (const [i, loss] of lossesOf(model, batch).entries()) {
      const { text, tokens } = batch[i] as Window;
      losses[text] = (losses[text] as number) + loss;
      counts[text] = (counts[text] as number) + tokens.length;
    }
  }
  return texts.map((_, i) => Math.exp((losses[i] as number) / (counts[i] as number)));
}

function windowsOf(ids: readonly number[], contextLength: number): Omit<Window, 'text'>[] {
  const windows: Omit<Window, 'text'>[] = [];
  for (let start = 0; start + 1 < ids.length; start += contextLength) {
    const end = Math.min(ids.length - 1, start + contextLength);
    const [tokens, targets] = [ids.slice(start, end), ids.slice(start + 1, end + 1)];
    windows.push({ tokens: toInt64(tokens), targets: toInt64(targets) });
  }
  return windows;
}

/** The sum of the losses of each window. Short ones are filled up behind, which no token sees. */
function lossesOf(model: Gpt, windows: readonly Window[]): number[] {
  const length = Math.max(...windows.map(({ tokens }) => tokens.length));
  return scope(() =>
    noGrad(() => {
      const tokens_BT = stack(windows.map(({ tokens }) => tensor(padded(tokens, length, 0n))));
      const hidden_BTC = model.forward(tokens_BT);
      return windows.map(({ targets }, i) => {
        const targets_T = tensor(padded(targets, length, BigInt(ignoreIndex)));
        return model.lossOfHidden(hidden_BTC.select(0, i), targets_T, { reduction: 'sum' }).item();
      });
    }),
  );
}

function padded(values: BigInt64Array, length: number, filler: bigint): BigInt64Array {
  const filled = new BigInt64Array(length).fill(filler);
  filled.set(values);
  return filled;
}

function toInt64(ids: readonly number[]): BigInt64Array {
  return BigInt64Array.from(ids, BigInt);
}
