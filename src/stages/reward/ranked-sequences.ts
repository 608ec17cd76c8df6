/** Rankings as a reward model reads them. */
import {
  type ChatTemplate,
  type Comparison,
  endOfAnswer,
  truncateMessages,
} from '../../chat/index.ts';

/** A prompt with each of its answers, as tokens. */
export interface RankedSequences {
  /** The same for all rankings of answers to it. */
  prompt: string;
  /** The prompt and its answers: the same for several raters. */
  question: string;
  /** Of each answer: prompt, answer and its end token. */
  sequences: Uint32Array[];
  /** Tokens of each answer. */
  lengths: number[];
  ranks: readonly number[];
  rater?: string;
  /** What each answer is worth, where that is known. */
  gold?: readonly number[];
}

/**
 * The tokens of a prompt with each of its answers. Rejected when not even the last turn fits with the
 * longest answer.
 *
 * @param gold what each answer is worth
 */
export function renderRanking(
  { prompt, answers, ranks, rater }: Comparison,
  template: ChatTemplate,
  maxTokens: number,
  gold?: readonly number[],
): RankedSequences | { rejected: string } {
  const rendered = (messages: Comparison['prompt']) =>
    answers.map((content) => renderAnswer(messages, content, template));
  const fits = (messages: Comparison['prompt']) =>
    rendered(messages).every(({ ids }) => ids.length <= maxTokens);
  const messages = truncateMessages(prompt, fits);
  if (messages === undefined) return { rejected: 'answers above the context' };
  const texts = rendered(messages);
  return {
    prompt: JSON.stringify(prompt),
    question: JSON.stringify([prompt, answers]),
    sequences: texts.map(({ ids }) => ids),
    lengths: texts.map(({ length }) => length),
    ranks,
    ...(rater !== undefined && { rater }),
    ...(gold !== undefined && { gold }),
  };
}

/** The tokens up to the end of an answer, and how many of them it has. */
function renderAnswer(messages: Comparison['prompt'], content: string, template: ChatTemplate) {
  const rendered = template.render([...messages, { role: 'assistant', content }]);
  const end = endOfAnswer(rendered);
  const start = rendered.turns.indexOf(messages.length);
  return { ids: rendered.ids.slice(0, end), length: end - start };
}
