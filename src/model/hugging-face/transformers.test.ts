/** Whether transformers loads what we export: at tier `pr`, where ATHANOR_BENCH_PYTHON has it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { tier } from '../../../tests/tier.ts';
import { athanorSpecialTokens, createChatTemplate, type Message } from '../../chat/index.ts';
import { withSpecialTokens } from '../../tokenizer/index.ts';
import { exportModel, type GptConfig } from '../index.ts';
import { kinds, logitsOf, randomModel, tokenizer, tokens } from '../testing/random-model.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athanor-export-'));
  return () => rmSync(folder, { recursive: true });
});

const python = process.env.ATHANOR_BENCH_PYTHON;
const canAsk = python !== undefined && tier !== 'test';

/** Prints what transformers makes of the folder in argv[1]: logits, and tokens of a text. */
const script = `
import json, sys, torch
from transformers import AutoModelForCausalLM, AutoTokenizer
model = AutoModelForCausalLM.from_pretrained(sys.argv[1]).eval()
tokenizer = AutoTokenizer.from_pretrained(sys.argv[1])
logits = model(torch.tensor(json.loads(sys.argv[2]))).logits
print(json.dumps({"kind": type(model).__name__, "logits": logits.flatten().tolist(),
    "end": [model.generation_config.eos_token_id, tokenizer.eos_token_id],
    "ids": tokenizer("春眠<|endoftext|>")["input_ids"]}))
`;

test.skipIf(!canAsk).each(['gpt2', 'llama', 'qwen3'])(
  `transformers computes the same of an exported %s (tier pr, ATHANOR_BENCH_PYTHON)`,
  (name) => {
    using model = randomModel(kinds[name] as GptConfig);
    exportModel(model, tokenizer, folder, { maxShardBytes: 20_000 });
    const arguments_ = ['-c', script, folder, JSON.stringify(tokens)];
    const { stdout, stderr } = spawnSync(python ?? '', arguments_, { encoding: 'utf8' });
    const theirs = JSON.parse(stdout || JSON.stringify(stderr));
    const ours = logitsOf(model);
    expect(theirs).toMatchObject({ end: [256, 256], ids: [...tokenizer.encode('春眠'), 256] });
    const errors = ours.map((logit, i) => Math.abs(logit - theirs.logits[i]));
    expect(errors.length).toBe(theirs.logits.length);
    expect(Math.max(...errors)).toBeLessThan(1e-5);
  },
);

const chatScript = `
import json, sys
from transformers import AutoTokenizer, GenerationConfig
tokenizer = AutoTokenizer.from_pretrained(sys.argv[1])
messages = json.loads(sys.argv[2])
ask = lambda some, prompt: tokenizer.apply_chat_template(
    some, add_generation_prompt=prompt, tokenize=True, return_dict=False)
print(json.dumps({"whole": ask(messages, False), "prompt": ask(messages[:-1], True),
    "stops": GenerationConfig.from_pretrained(sys.argv[1]).eos_token_id, "end": tokenizer.eos_token}))
`;

test.skipIf(!canAsk)('transformers renders with the template of an exported folder', () => {
  const chatTokenizer = withSpecialTokens(tokenizer, athanorSpecialTokens);
  const chatTemplate = createChatTemplate('athanor', chatTokenizer);
  using model = randomModel({ ...(kinds.llama as GptConfig), vocabSize: 264 });
  exportModel(model, chatTokenizer, folder, { chatTemplate });
  const messages: Message[] = [
    { role: 'system', content: 'S' },
    { role: 'user', content: '春眠' },
    { role: 'assistant', content: 'no\n' },
  ];
  const arguments_ = ['-c', chatScript, folder, JSON.stringify(messages)];
  const { stdout, stderr } = spawnSync(python ?? '', arguments_, { encoding: 'utf8' });
  expect(JSON.parse(stdout || JSON.stringify(stderr))).toEqual({
    whole: [...chatTemplate.render(messages).ids],
    prompt: [...chatTemplate.renderPrompt(messages.slice(0, -1))],
    stops: [...chatTemplate.stopTokens],
    end: '<|end|>',
  });
});
