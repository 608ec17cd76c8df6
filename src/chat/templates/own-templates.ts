/** The templates that we write ourselves, as data. */
import type { Role } from '../message.ts';

export interface OwnTemplate {
  /** At the beginning of every conversation. */
  readonly begin: string;
  /** In front of a message. */
  readonly open: (role: Role) => string;
  /** The special token that ends a message. */
  readonly end: string;
  /** Behind the end of a message. */
  readonly close: string;
  readonly specialTokens: readonly string[];
  /** The special tokens with which an answer is finished, of which `end` is the first. */
  readonly stops: readonly string[];
  /** The same in Jinja. */
  readonly source: string;
}

export type OwnTemplateName = 'athanor' | 'chatml';

/** What a tokenizer must have for the template `athanor`. */
export const athanorSpecialTokens: readonly string[] = [
  '<|endoftext|>',
  '<|system|>',
  '<|user|>',
  '<|assistant|>',
  '<|end|>',
];

export const ownTemplates: Readonly<Record<OwnTemplateName, OwnTemplate>> = {
  // Two tokens a message: in short conversations of a small vocabulary every further one costs a tenth.
  athanor: {
    begin: '<|endoftext|>',
    open: (role) => `<|${role}|>`,
    end: '<|end|>',
    close: '',
    specialTokens: athanorSpecialTokens,
    stops: ['<|end|>', '<|endoftext|>'],
    source:
      "{{- '<|endoftext|>' }}" +
      '{%- for message in messages %}' +
      "{{- '<|' + message.role + '|>' + message.content + '<|end|>' }}" +
      '{%- endfor %}' +
      "{%- if add_generation_prompt %}{{- '<|assistant|>' }}{%- endif %}",
  },
  // As OpenAI described it (chatml.md in openai-python, 2023).
  chatml: {
    begin: '',
    open: (role) => `<|im_start|>${role}\n`,
    end: '<|im_end|>',
    close: '\n',
    specialTokens: ['<|im_start|>', '<|im_end|>'],
    stops: ['<|im_end|>'],
    source:
      '{%- for message in messages %}' +
      "{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}" +
      '{%- endfor %}' +
      "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}",
  },
};

/** The name of the template of ours that has this Jinja form, if one has. */
export function ownTemplateOf(source: string): OwnTemplateName | undefined {
  const names = Object.keys(ownTemplates) as OwnTemplateName[];
  return names.find((name) => ownTemplates[name].source === source.trim());
}
