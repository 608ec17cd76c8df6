import { numberEn, numberZh } from '../../grammar/index.ts';
import {
  drawSum,
  numSumPhrasings,
  sumInWords,
  sumQuestion,
  trainSumPhrasing,
} from '../../world/index.ts';
import { type Hand, leftOut, pairPhrasing, phrasingTag } from '../hand.ts';
import type { Draft } from '../item.ts';

/** A sum of one-digit numbers in words. Sums that no text holds are in no item either. */
export function drawArithmetic(hand: Hand): Draft {
  const { random, language, world } = hand;
  const sum = drawSum(random, world.size === 'hamlet' ? 'tiny' : 'small');
  const heldOut = leftOut((choice) => trainSumPhrasing(sum, language, choice));
  const phrasing = pairPhrasing(hand, numSumPhrasings, heldOut);
  const answer = sumInWords(sum, language);
  const result = language === 'zh' ? numberZh(sum.result) : numberEn(sum.result);
  return {
    prompt: sumQuestion(sum, language, phrasing, true),
    answer,
    rule: { type: 'equals', answers: [answer, result, String(sum.result)] },
    tags: [phrasingTag(phrasing, numSumPhrasings)],
  };
}
