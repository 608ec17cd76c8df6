/**
 * The last look at a model: it continues texts, from the files alone, as any user of them would have
 * it do. So this stage knows nothing of how the model was trained.
 */
import { z } from 'zod';
import {
  type Check,
  makeFolder,
  type StageContext,
  type StageResult,
  writeFileAtomic,
} from '../base/index.ts';
import { GenerationEngine } from '../generate/index.ts';
import { loadModel } from '../model/index.ts';
import { latestCheckpoint } from '../train/index.ts';

export interface SampleConfig {
  /** Texts to continue with the most likely tokens. */
  prompts: string[];
  /** The most tokens of each. Default: 60. */
  maxTokens?: number;
  /** Prompt → the words in which it must go on; each becomes a check. */
  expected?: Record<string, string>;
}

export const sampleConfig = z.strictObject({
  prompts: z.array(z.string().min(1)),
  maxTokens: z.number().int().positive().exactOptional(),
  expected: z.record(z.string().min(1), z.string()).exactOptional(),
}) satisfies z.ZodType<SampleConfig>;

/** @throws FileError for a run without a whole checkpoint of pre-training. */
export async function sample(
  { prompts, maxTokens = 60, expected = {} }: SampleConfig,
  { run, stop }: StageContext,
): Promise<StageResult | undefined> {
  const folder = latestCheckpoint(run.file('pretrain', 'checkpoints'));
  const { model, tokenizer, generationConfig } = await loadModel(folder);
  const texts = new Map<string, string>();
  const engine = new GenerationEngine(model, tokenizer);
  try {
    for (const prompt of new Set([...prompts, ...Object.keys(expected)])) {
      if (stop.isRequested) return undefined;
      const request = { ...generationConfig, prompt, maxTokens, temperature: 0 };
      texts.set(prompt, await textOf(engine.stream(request)));
    }
  } finally {
    engine.dispose();
    model.dispose();
  }
  const lines = [...texts].map(([prompt, text]) => `> **${prompt}**${text}\n`);
  makeFolder(run.file('sample'));
  writeFileAtomic(run.file('sample', 'samples.md'), lines.join('\n'));
  return { metrics: { numPrompts: texts.size }, checks: checksOf(texts, expected) };
}

async function textOf(chunks: AsyncIterable<{ text: string }>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk.text;
  return text;
}

function checksOf(
  texts: ReadonlyMap<string, string>,
  expected: Readonly<Record<string, string>>,
): Check[] {
  return Object.entries(expected).map(([prompt, words]) => {
    const value = (texts.get(prompt) ?? '').slice(0, words.length);
    return { name: `continues ${prompt}`, value, target: words, pass: value === words };
  });
}
