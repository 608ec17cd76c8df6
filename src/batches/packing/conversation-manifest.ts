/** What a folder of conversations, as tokens, must hold: written last, with a hash of itself. */
import { join } from 'node:path';
import { z } from 'zod';
import { FileError } from '../../base/index.ts';
import { readHashedJson, writeHashedJson } from '../shards/hashed-json.ts';
import { bytesPerToken } from '../shards/manifest.ts';

const manifestName = 'conversations.json';
const count = z.number().int().min(0);
const file = z.strictObject({ sizeBytes: count, sha256: z.string().regex(/^[0-9a-f]{64}$/) });

const manifestSchema = z.strictObject({
  format: z.literal('athanor-conversations'),
  version: z.literal(1),
  /** `Tokenizer.hash` of the tokenizer that made the tokens. */
  tokenizerHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Every id is below it. */
  vocabSize: count.max(2 ** 31),
  /** How a token is stored, little endian. */
  dtype: z.enum(['uint16', 'uint32']),
  numConversations: count,
  numTokens: count,
  /** Tokens that are learned. */
  numLearned: count,
  files: z.strictObject({
    /** The tokens of one conversation after the other. */
    tokens: file,
    /** For each token a byte: 1 where it is learned, else 0. */
    learned: file,
    /** Where each conversation ends among the tokens, uint32. */
    ends: file,
  }),
});

/** `conversations.json`. */
export type ConversationManifest = z.infer<typeof manifestSchema>;

export type ConversationFile = keyof ConversationManifest['files'];

export function conversationFile(directory: string, name: ConversationFile): string {
  return join(directory, `conversations.${name}`);
}

export function writeConversationManifest(
  directory: string,
  manifest: ConversationManifest,
): Promise<void> {
  return writeHashedJson(join(directory, manifestName), manifest);
}

/** @throws FileError when there is none, it is damaged, or it contradicts itself. */
export function readConversationManifest(directory: string): ConversationManifest {
  const path = join(directory, manifestName);
  const content = readHashedJson(path, 'be the manifest of conversations');
  const { data, error } = manifestSchema.safeParse(content);
  const refuse = (must: string, got: string) => new FileError({ what: path, must, got });
  if (data === undefined) {
    const { path: at = [], message = '' } = error?.issues[0] ?? {};
    throw refuse('have the fields of such a manifest', `${at.join('.')}: ${message}`);
  }
  const { numTokens, numConversations, dtype, files } = data;
  const sizes = {
    tokens: numTokens * bytesPerToken(dtype),
    learned: numTokens,
    ends: 4 * numConversations,
  };
  for (const [name, sizeBytes] of Object.entries(sizes)) {
    if (files[name as ConversationFile].sizeBytes === sizeBytes) continue;
    throw refuse(
      `have ${sizeBytes} bytes of ${name}`,
      String(files[name as ConversationFile].sizeBytes),
    );
  }
  return data;
}
