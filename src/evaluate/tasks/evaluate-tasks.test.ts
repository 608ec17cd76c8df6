import { expect, test } from 'vitest';
import { byteTokenizer } from '../../../tests/byte-tokenizer.ts';
import { athanorSpecialTokens, createChatTemplate } from '../../chat/index.ts';
import { Gpt } from '../../model/index.ts';
import { manualSeed, noGrad } from '../../tensor/index.ts';
import { evaluateTasks } from './evaluate-tasks.ts';
import type { EvaluationTask } from './task.ts';

/** A tokenizer of bytes. */
const tokenizer = byteTokenizer(athanorSpecialTokens);
const template = createChatTemplate('athanor', tokenizer);

/** Untrained, with weights large enough that it says different things. */
function babbler(): Gpt {
  manualSeed(7);
  const shape = { numLayers: 1, hiddenSize: 32, numHeads: 2, contextLength: 64, vocabSize: 320 };
  const model = new Gpt(shape).eval();
  noGrad(() => {
    for (const weight of model.parameters().values()) if (weight.dim === 2) weight.mul_(6);
  });
  return model;
}

function tasksWith(rights: readonly string[]): EvaluationTask[] {
  return rights.map((right, i) => ({
    ...{ id: `${i}`, kind: i < 2 ? 'early' : 'late', tags: ['all'] },
    messages: [{ role: 'user', content: `Question ${i * 37}?` }],
    rule: { type: 'equals', answers: [right] },
  }));
}

test('what a model says is judged by the rules, the same in batches of any size', async () => {
  const model = babbler();
  try {
    const config = { model, template, numTokens: tokenizer.vocabSize, maxTokens: 6 };
    const wrong = await evaluateTasks({ ...config, tasks: tasksWith(Array(5).fill('no')) });
    expect(wrong.all).toMatchObject({ numTasks: 5, numRight: 0 });
    const said = wrong.answers.map(({ answer }) => answer);
    expect(new Set(said).size).toBeGreaterThan(1);
    const rights = said.map((answer, i) => (i === 1 ? 'no' : answer));
    for (const maxBatchSize of [1, 64]) {
      const report = await evaluateTasks({ ...config, tasks: tasksWith(rights), maxBatchSize });
      expect(report.answers.map(({ answer }) => answer)).toEqual(said);
      expect(report.kinds).toMatchObject({ early: { rate: 0.5 }, late: { rate: 1 } });
      expect(report.tags['early · all']?.numRight).toBe(1);
    }
  } finally {
    model.dispose();
  }
});

test('a question that fills the context is refused before anything is generated', async () => {
  const model = babbler();
  try {
    const [task] = tasksWith(['no']);
    const messages = [{ role: 'user', content: 'long '.repeat(20) }] as const;
    const tasks = [{ ...(task as EvaluationTask), messages }];
    await expect(evaluateTasks({ model, template, tasks })).rejects.toThrow('must be shorter');
  } finally {
    model.dispose();
  }
});
