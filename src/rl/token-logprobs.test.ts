/** Log-probabilities in chunks against all logits at once, and their gradients. */
import { beforeAll, expect, test } from 'vitest';
import { Gpt } from '../model/index.ts';
import {
  manualSeed,
  noGrad,
  randint,
  scope,
  setNumThreads,
  type Tensor,
  tensor,
  zeros,
} from '../tensor/index.ts';
import {
  answerBatch,
  answerMasks,
  answerRow,
  answerStates,
  backwardThroughLogprobs,
  checkStepZero,
  logprobsAndEntropies,
  measureStepZero,
  type PackedAnswers,
  packedStates,
  policyLoss,
  type StepZeroLimits,
  stepZeroLimits,
  type TokenLogprobOptions,
  tokenLogprobs,
} from './index.ts';

beforeAll(() => setNumThreads(1));

const size = { numLayers: 2, hiddenSize: 16, numHeads: 2, contextLength: 24, vocabSize: 29 };

function withModel(body: (model: Gpt) => void): void {
  manualSeed(3);
  using model = new Gpt(size).eval();
  scope(() => {
    noGrad(() => {
      for (const parameter of model.parameters().values()) parameter.normal_(0, 0.3);
    });
    body(model);
  });
}

const rows = [
  { prompt: [1, 2, 3], answer: [4, 5, 6, 7, 0] },
  { prompt: [9, 8, 7, 6, 5, 4], answer: [11, 0] },
  { prompt: [2], answer: [0] },
];

test.each([1, 0.7])('at temperature %d chunks equal all logits at once', (temperature) => {
  withModel((model) => {
    const tokens = randint(29, [3, 7], { dtype: 'int64' });
    const hidden = noGrad(() => model.forward(tokens));
    const all = noGrad(() => model.logits(hidden).div(temperature).logSoftmax(2));
    const expected = all.gather(2, tokens.unsqueeze(2)).squeeze(2);
    const entropy = all.exp().mul(all).sum(2).neg();
    for (const maxLogits of [1, 29 * 4, 2 ** 24]) {
      const options = { temperature, maxLogits };
      const chunked = tokenLogprobs(hidden, model.outputLayer, tokens, options);
      expect(chunked.allclose(expected, 1e-6, 1e-6)).toBe(true);
      const both = logprobsAndEntropies(hidden, model.outputLayer, tokens, options);
      const { logprobs, entropies } = both;
      expect(
        noGrad(() => tokenLogprobs(hidden, model.outputLayer, tokens, options)).equal(logprobs),
      ).toBe(true);
      expect(entropies.allclose(entropy, 1e-5, 1e-5)).toBe(true);
    }
    expect(() => tokenLogprobs(hidden, model.outputLayer, tokens, { temperature: 0 })).toThrow(
      /temperature must be above 0, got 0\n {2}hint/,
    );
  });
});

test('gradients chunk by chunk equal those of one graph', () => {
  withModel((model) => {
    const [batch, { outputLayer }] = [answerBatch(rows), model];
    const loss = someLoss(answerMasks(batch.lengths, 5).tokens);
    const gradients = (run: (states: Tensor) => unknown) => {
      for (const parameter of model.parameters().values()) parameter.grad = null;
      run(answerStates(model.forward(batch.sequences), batch));
      return [...model.parameters()].map(([name, { grad }]) => [name, grad] as const);
    };
    const whole = gradients((states) =>
      loss(tokenLogprobs(states, outputLayer, batch.tokens)).backward(),
    );
    const chunked = gradients((states) =>
      backwardThroughLogprobs(states, outputLayer, batch.tokens, loss, { maxLogits: 60 }),
    );
    /** From log-probabilities that were made before. */
    const again = (options: TokenLogprobOptions) =>
      gradients((states) => {
        const { logprobs } = logprobsAndEntropies(states, outputLayer, batch.tokens, options);
        backwardThroughLogprobs(states, outputLayer, batch.tokens, loss, options, logprobs);
      });
    for (const others of [chunked, again({ maxLogits: 60 }), again({})]) {
      for (const [i, [name, expected]] of whole.entries()) {
        const actual = others[i]?.[1] as Tensor;
        expect(expected?.abs().max().item(), name).toBeGreaterThan(0);
        expect(actual.allclose(expected as Tensor, 1e-4, 1e-6), name).toBe(true);
      }
    }
  });
});

test('in one row answers have the states and gradients that they have beside padding', () => {
  withModel((model) => {
    const run = (batch: PackedAnswers) => {
      model.tokenEmbedding.weight.grad = null;
      const states = packedStates(model, batch);
      states.sin().sum().backward();
      return [states, model.tokenEmbedding.weight.grad ?? zeros([1])] as const;
    };
    const [padded, row] = [answerBatch(rows), answerRow(rows)];
    expect(row.packedTokens.equal(padded.packedTokens)).toBe(true);
    const expected = run(padded);
    for (const [i, actual] of run(row).entries()) {
      expect(expected[i]?.abs().max().item()).toBeGreaterThan(0.1);
      expect(actual.allclose(expected[i] as Tensor, 1e-5, 1e-5)).toBe(true);
    }
  });
});

function someLoss(mask: Tensor) {
  return (logprobs: Tensor) => {
    const [oldLogprobs, advantages] = [logprobs.detach().add(0.05), logprobs.detach().cos()];
    return policyLoss({ logprobs, oldLogprobs, advantages, mask });
  };
}

test('rows that are no token take no part, in probabilities, entropies and gradients', () => {
  withModel((model) => {
    const [numTokens, batch] = [13, answerBatch(rows)];
    const { outputLayer } = model;
    const states = answerStates(model.forward(batch.sequences), batch).detach();
    const { weight } = outputLayer;
    const cut = { weight: weight.narrow(0, 0, numTokens), computeDtype: outputLayer.computeDtype };
    const expected = noGrad(() => logprobsAndEntropies(states, cut, batch.tokens));
    for (const maxLogits of [29 * 2, 2 ** 24]) {
      const options = { numTokens, maxLogits };
      const { logprobs, entropies } = logprobsAndEntropies(
        states,
        outputLayer,
        batch.tokens,
        options,
      );
      expect(logprobs.allclose(expected.logprobs, 1e-6, 1e-6)).toBe(true);
      expect(entropies.allclose(expected.entropies, 1e-5, 1e-5)).toBe(true);
      weight.grad = null;
      backwardThroughLogprobs(states, outputLayer, batch.tokens, (some) => some.sum(), options);
      const gradient = (weight.grad as Tensor | null)?.abs().amax([1]).toArray() as number[];
      expect(Math.min(...gradient.slice(0, numTokens))).toBeGreaterThan(0);
      expect(Math.max(...gradient.slice(numTokens))).toBe(0);
    }
  });
});

/** Log-probabilities of the answers of some rows, [B, T]. */
function logprobsOf(model: Gpt, some: typeof rows, temperature = 1): Tensor {
  return noGrad(() => {
    const batch = answerBatch(some, 17);
    const states = answerStates(model.forward(batch.sequences), batch);
    return tokenLogprobs(states, model.outputLayer, batch.tokens, { temperature });
  });
}

test('a token is predicted from the state before it', () => {
  withModel((model) => {
    const together = logprobsOf(model, rows).toArray() as number[][];
    for (const [i, { prompt, answer }] of rows.entries()) {
      const row = tensor([[...prompt, ...answer]], { dtype: 'int64' });
      const all = noGrad(() => model.logits(model.forward(row)).logSoftmax(2)).select(0, 0);
      const table = all.toArray() as number[][];
      for (const [t, token] of answer.entries()) {
        const expected = table[prompt.length + t - 1]?.[token] ?? Number.NaN;
        expect(together[i]?.[t]).toBeCloseTo(expected, 4);
      }
    }
  });
});

test('a row depends neither on its padding nor on its mates', () => {
  withModel((model) => {
    const together = logprobsOf(model, rows);
    const alone = together.mul(0);
    for (const [i, row] of rows.entries()) {
      const place = alone.select(0, i).narrow(0, 0, row.answer.length);
      place.copy_(logprobsOf(model, [row]).squeeze(0));
    }
    const terms = { logprobs: together, mask: answerMasks([5, 2, 1], 5).tokens };
    const again = measureStepZero({ ...terms, otherLogprobs: logprobsOf(model, rows) });
    checkStepZero('the same pass twice', again, stepZeroLimits.samePath);
    const apart = measureStepZero({ ...terms, otherLogprobs: alone });
    checkStepZero('rows alone', apart, stepZeroLimits.fp32);
    expect(apart.meanKl).toBeGreaterThanOrEqual(0);
  });
});

test('step zero finds another place, another temperature and NaN', () => {
  withModel((model) => {
    const logprobs = logprobsOf(model, rows);
    const mask = answerMasks([5, 2, 1], 5).tokens;
    const check = (otherLogprobs: Tensor, limits: StepZeroLimits) => () =>
      checkStepZero(
        'policy and reference',
        measureStepZero({ logprobs, otherLogprobs, mask }),
        limits,
      );
    expect(check(logprobs.roll([1], [1]), stepZeroLimits.fp32)).toThrow(
      /policy and reference: the largest KL of a token must be at most 0.00002, got/,
    );
    expect(check(logprobs.add(2e-6), stepZeroLimits.fp32)).toThrow(/the mean KL of a token/);
    const hot = logprobsOf(model, rows, 0.9);
    expect(check(hot, stepZeroLimits.bf16)).toThrow(
      /the mean distance of two log-probabilities must be at most 0.02/,
    );
    expect(check(logprobs.add(1e-6), stepZeroLimits.samePath)).toThrow(/be exactly 0, got/);
    expect(check(hot.mul(Number.NaN), stepZeroLimits.bf16)).toThrow(/got NaN/);
  });
});

test('prompts and answers without a token are refused', () => {
  for (const make of [answerBatch, answerRow]) {
    expect(() => make([{ prompt: [1], answer: [] }])).toThrow(
      /row 0 of a batch must have a prompt and an answer of at least one token each, got 1 and 0/,
    );
  }
});
