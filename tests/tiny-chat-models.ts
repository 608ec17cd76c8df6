/** A model that answers with a few letters, and a taste among them. */

import { SeededRandom } from '../src/base/index.ts';
import { athanorSpecialTokens, createChatTemplate } from '../src/chat/index.ts';
import { type Gpt, padRight, type RewardModel } from '../src/model/index.ts';
import { ignoreIndex } from '../src/nn/index.ts';
import { AdamW } from '../src/optim/index.ts';
import { scope, type Tensor, tensor } from '../src/tensor/index.ts';
import { byteTokenizer } from './byte-tokenizer.ts';

export const tokenizer = byteTokenizer(athanorSpecialTokens);
export const chatTemplate = createChatTemplate('athanor', tokenizer);

/** What people like in this world: letters a, and none of b. */
export function tasteOf(answer: string): number {
  return [...answer].reduce(
    (sum, letter) => sum + (letter === 'a' ? 0.5 : letter === 'b' ? -0.5 : 0),
    0,
  );
}

/** Questions with answers of one to eight letters. */
function drawConversations(random: SeededRandom): { question: string; answer: string }[] {
  return Array.from({ length: 32 }, () => ({
    question: `ask ${random.int(40)}`,
    answer: Array.from({ length: 1 + random.int(8) }, () => random.pick([...'abcd'])).join(''),
  }));
}

function render({ question, answer }: { question: string; answer: string }) {
  return chatTemplate.render([
    { role: 'user', content: question },
    { role: 'assistant', content: answer },
  ]);
}

function train(
  parameters: ReadonlyMap<string, Tensor>,
  lossOf: (random: SeededRandom) => Tensor,
): void {
  const optimizer = new AdamW([{ parameters, weightDecay: 0 }], {});
  const random = new SeededRandom(1);
  for (let step = 0; step < 80; step++) {
    scope(() => lossOf(random).backward());
    optimizer.step(1e-2);
    optimizer.zeroGrad();
  }
  optimizer.dispose();
}

export function learnToAnswer(model: Gpt): void {
  train(model.parameters(), (random) => {
    const rendered = drawConversations(random).map(render);
    const { tokens } = padRight(rendered.map(({ ids }) => ids));
    const targets = rendered.map(({ ids, learned }) =>
      Array.from({ length: tokens.size(1) }, (_, t) =>
        learned[t + 1] === 1 ? (ids[t + 1] ?? 0) : ignoreIndex,
      ),
    );
    return model.loss(tokens, tensor(targets, { dtype: 'int64' }));
  });
}

export function learnTaste(model: RewardModel): void {
  train(model.parameters(), (random) => {
    const conversations = drawConversations(random);
    const { tokens, lengths } = padRight(conversations.map((one) => render(one).ids));
    const wanted = tensor(conversations.map(({ answer }) => tasteOf(answer)));
    return model.score(tokens, lengths).sub(wanted).square().mean();
  });
}
