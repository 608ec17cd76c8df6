/**
 * What changes the logits of the next token before one is drawn: pure functions with the meaning of
 * Hugging Face's processors, for rows that each have a setting of their own.
 *
 * Shapes: B rows, V vocabulary, N tokens seen by a row, K candidates. Logits are float32[B, V].
 */
import { type Device, type Tensor, tensor, where } from '../tensor/index.ts';

/** One setting for each row. */
type PerRow = readonly number[];

/** Most nuclei are smaller than this, and finding so many candidates is cheaper than sorting all. */
const firstCandidates = 1024;

/**
 * Divides positive logits of tokens that occurred by the penalty and multiplies negative ones, once
 * per token (Keskar et al. 2019, CTRL, arXiv 1909.05858, §4.1; the sign rule is Hugging Face's).
 *
 * @param seen_BN int64: the tokens of each row, in any order and any number of times.
 */
export function penalizeRepetition(logits: Tensor, seen_BN: Tensor, penalties: PerRow): Tensor {
  const penalty = column(penalties, logits.device);
  const before_BN = logits.gather(-1, seen_BN);
  const after_BN = where(before_BN.lt(0), before_BN.mul(penalty), before_BN.div(penalty));
  return logits.scatter(-1, seen_BN, after_BN);
}

/** Logits divided by a temperature above 0 (Ackley, Hinton & Sejnowski 1985, eq. 2). */
export function applyTemperature(logits: Tensor, temperatures: PerRow): Tensor {
  return logits.div(column(temperatures, logits.device));
}

/**
 * Keeps the k most likely tokens of each row, and those as likely as the last of them
 * (Fan, Lewis & Dauphin 2018, arXiv 1805.04833, §5.1); the others become -∞. 0 keeps all.
 */
export function keepTopK(logits: Tensor, topK: PerRow): Tensor {
  const vocabSize = logits.size(-1);
  const kept = topK.map((k) => (k === 0 ? vocabSize : Math.min(k, vocabSize)));
  const [sorted_BK] = logits.topk(Math.max(...kept.filter((k) => k < vocabSize), 1));
  const last = kept.map((k) => [k < vocabSize ? k - 1 : 0]);
  const threshold = sorted_BK.gather(-1, tensor(last, { dtype: 'int64', device: logits.device }));
  const isOff = tensor(
    kept.map((k) => [k === vocabSize]),
    { device: logits.device },
  );
  return dropBelow(logits, threshold.maskedFill(isOff, -Infinity));
}

/**
 * Keeps the smallest set of most likely tokens whose probabilities reach `topP` (Holtzman et al. 2020,
 * nucleus sampling, arXiv 1904.09751, eq. 2), and tokens as likely as the last of them.
 */
export function keepTopP(logits: Tensor, topP: PerRow): Tensor {
  const vocabSize = logits.size(-1);
  const wanted = column(topP, logits.device);
  // A row that keeps all must not force a sort of the whole vocabulary.
  const isOn = column(topP, logits.device).lt(1);
  const total = logits.logsumexp([-1], true);
  for (let numCandidates = Math.min(firstCandidates, vocabSize); ; numCandidates = vocabSize) {
    const [sorted_BK] = logits.topk(numCandidates);
    const probs_BK = sorted_BK.sub(total).exp();
    const isInside_BK = probs_BK.cumsum(-1).sub(probs_BK).lt(wanted).logicalAnd(isOn);
    const mayReachFurther = isInside_BK.select(-1, numCandidates - 1).any();
    if (numCandidates < vocabSize && mayReachFurther.item() !== 0) continue;
    const threshold = sorted_BK.maskedFill(isInside_BK.logicalNot(), Infinity).amin([-1], true);
    return dropBelow(logits, where(isOn, threshold, -Infinity));
  }
}

/**
 * Keeps tokens at least `minP` times as probable as the most likely one (Nguyen et al. 2024,
 * arXiv 2407.01082, §3), compared as logits, where a ratio is a difference.
 */
export function keepMinP(logits: Tensor, minP: PerRow): Tensor {
  const distance = column(minP.map(Math.log), logits.device);
  return dropBelow(logits, logits.amax([-1], true).add(distance));
}

function dropBelow(logits: Tensor, threshold: Tensor): Tensor {
  return logits.maskedFill(logits.lt(threshold), -Infinity);
}

/** float32[B, 1] */
function column(values: PerRow, device: Device): Tensor {
  return tensor(Float32Array.from(values), { shape: [values.length, 1], device });
}
