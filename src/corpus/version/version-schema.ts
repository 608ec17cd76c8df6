/** Checks manifests that come from a disk: names of files in them are opened. */
import { z } from 'zod';
import { type BuildFacts, type VersionManifest, versionFormat } from './version-manifest.ts';

const count = z.number().int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const amount = { numDocuments: count, textBytes: count };
const amounts = z.record(z.string(), z.strictObject(amount));
const name = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/i);

const settings = z.record(z.string(), z.unknown());

const file = z.strictObject({
  ...amount,
  // One folder and one file below the version: nothing that leads out of it.
  path: z.string().regex(/^documents\/[\w-]+\.[0-9]+\.jsonl\.gz$/),
  contentSha256: sha256,
  sha256,
  sizeBytes: count,
  parts: z.strictObject({
    drops: sha256,
    duplicates: sha256,
    ids: sha256,
    idEnds: sha256,
    signatures: sha256,
  }),
});

const source = z.strictObject({
  ...amount,
  weight: z.number().min(0),
  heldOut: z.number().min(0).lt(1),
  rules: z.record(z.string(), z.unknown()),
  rulesHash: sha256,
  inputs: z.strictObject({ numFiles: count, sizeBytes: count, sha256 }),
  numRead: count,
  dropped: z.record(z.string(), count),
  numTokens: count.exactOptional(),
  licences: amounts,
  languages: amounts,
  files: z.array(file),
  samples: z.array(z.strictObject({ id: z.string(), text: z.string() })),
});

const mixtureEntry = z.strictObject({
  ...amount,
  weight: z.number().min(0),
  share: z.number(),
  numTokens: count.exactOptional(),
  epochs: z.number(),
});

export const versionManifest = z.strictObject({
  format: z.literal(versionFormat),
  name,
  description: z.string(),
  id: sha256,
  parents: z.array(z.strictObject({ name, id: sha256 })),
  deduplicate: z.record(z.string(), z.unknown()),
  tokenizer: sha256.exactOptional(),
  sources: z.record(z.string().regex(/^[\w-]+$/), source),
  mixture: z.record(z.string(), mixtureEntry),
}) satisfies z.ZodType<VersionManifest>;

export const buildFacts = z.strictObject({
  at: z.iso.datetime(),
  seconds: z.number(),
  inputs: z.record(
    z.string(),
    z.strictObject({ files: z.array(z.string()), reader: settings, extraction: settings }),
  ),
}) satisfies z.ZodType<BuildFacts>;
