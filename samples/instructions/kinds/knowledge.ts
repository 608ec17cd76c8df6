import { type Language, politeSentences } from '../../grammar/index.ts';
import { type Fact, numPhrasings, question, tell, trainPhrasing } from '../../world/index.ts';
import { type Hand, leftOut, pairPhrasing, phrasingTag } from '../hand.ts';
import type { Draft, InstructionRule } from '../item.ts';

/** A question about a fact that the texts of the world tell. */
export function drawKnowledge(hand: Hand): Draft {
  const { world, random, language } = hand;
  const facts = world.facts.filter(({ subject }) => subject.kind !== 'poem');
  const fact = random.pick(facts);
  const heldOut = leftOut((choice) => trainPhrasing(fact, language, choice));
  const phrasing = pairPhrasing(hand, numPhrasings, heldOut);
  const { text, shortAnswer } = question(fact, language, phrasing);
  return {
    prompt: text,
    answer: shortAnswer,
    rule: factRule(fact, language),
    tags: ['from memory', phrasingTag(phrasing, numPhrasings)],
  };
}

/** The value alone, or one of the sentences that state the fact; politely too. */
export function factRule(fact: Fact, language: Language): InstructionRule {
  const { statements } = fact.relation[language];
  const told = statements.flatMap((_, variant) => [
    tell(fact, language, variant),
    tell(fact, language, variant, true),
  ]);
  const { v, av } = fact.value[language];
  const { shortAnswer } = question(fact, language, 0);
  const answers = [...new Set([shortAnswer, v, av, ...told])];
  return { type: 'equals', answers, around: politeSentences(language) };
}
