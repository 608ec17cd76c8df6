/** `athanor chat`: a conversation with a fine-tuned model, in the terminal. */
import type { Command } from 'commander';
import { ConfigError } from '../base/index.ts';
import { chatHelp } from './chat/chat-commands.ts';
import { chatTemplateOfModel, findModelFolder } from './model-source.ts';
import { addSamplingOptions, given, type SamplingOptions } from './sampling-options.ts';

const maxTokens = 512;

/** Adds the command to the program; LibTorch is loaded when it runs. */
export function addChatCommand(program: Command): void {
  const command = program
    .command('chat')
    .description('talk with a fine-tuned model')
    .argument('<model>', 'a run, by its folder or name in runs/, a model folder or an adapter')
    .option('--system <text>', 'what the model is told before all else');
  addSamplingOptions(command, maxTokens)
    .option('--json', 'print each answer as one JSON object on a line')
    .addHelpText('after', `\nIn the conversation:\n${chatHelp}`)
    .action(chat);
}

interface Options extends SamplingOptions {
  system?: string;
  json?: boolean;
}

async function chat(source: string, options: Options): Promise<void> {
  const { system, json = false, precision, device, ...sampling } = options;
  const folder = await findModelFolder(source);
  const { loadModel } = await import('../model/index.ts');
  const { GenerationEngine, prepareForInference } = await import('../generate/index.ts');
  const { ChatSession } = await import('./chat/chat-session.ts');
  const { ChatTerminal } = await import('./chat/chat-terminal.ts');
  const { model, tokenizer, generationConfig } = await loadModel(folder, { device });
  try {
    const template = await chatTemplateOfModel(folder, tokenizer);
    if (template === undefined) throw withoutTemplate(folder);
    prepareForInference(model, precision);
    using engine = new GenerationEngine(model, tokenizer, { maxBatchSize: 1 });
    const request = { maxTokens, ...generationConfig, ...given(sampling) };
    const { contextLength } = model.config;
    const parts = { engine, contextLength, tokenizer, template, sampling: request };
    await new ChatTerminal(new ChatSession(parts, system), json).run();
  } finally {
    model.dispose();
  }
}

function withoutTemplate(folder: string): ConfigError {
  return new ConfigError({
    what: `the model in ${folder}`,
    must: 'have a chat template',
    got: 'one that only continues texts',
    hint: 'athanor sft <recipe> makes it answer; athanor generate continues a text',
  });
}
