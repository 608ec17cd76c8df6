import { ConfigError, deriveSeed, SeededRandom } from '../../src/base/index.ts';
import { writeArithmetic } from './documents/arithmetic.ts';
import { writeCode } from './documents/code.ts';
import { writeDialogue } from './documents/dialogues.ts';
import type { DocumentKind, Scribe, WorldDocument, Writer } from './documents/document.ts';
import { writeEncyclopaedia } from './documents/encyclopaedia.ts';
import { writePoem } from './documents/poems.ts';
import { writeNews, writeStory } from './documents/scripted.ts';
import { writeTranslation } from './documents/translations.ts';
import { createWorld, type World, type WorldConfig } from './world.ts';

/** How often each kind is drawn, relative to the others; a kind that is left out has its default. */
export type Weights = Readonly<Partial<Record<DocumentKind, number>>>;

/** What to tell of a world, and how much. Give `sizeBytes` or `numDocuments`. */
export interface GenerateConfig extends WorldConfig {
  /** The documents end before the one that would pass this many bytes of UTF-8. */
  readonly sizeBytes?: number;
  readonly numDocuments?: number;
  readonly weights?: Weights;
  /** This shard, from 0, of `numShards`: every `numShards`-th document and its share of the size. */
  readonly shard?: number;
  readonly numShards?: number;
}

/**
 * Tells a world, document by document. Document `index` is the same in every run, of every size and
 * in every shard.
 *
 * @throws ConfigError when a field is not valid.
 */
export function* generateWorld(config: GenerateConfig): Generator<WorldDocument, void, undefined> {
  const { shard = 0, numShards = 1, numDocuments = Infinity, sizeBytes = Infinity } = config;
  checkConfig(config);
  const world = createWorld(config);
  let left = sizeBytes / numShards;
  for (let index = shard; index < numDocuments; index += numShards) {
    const document = worldDocument(world, index, config.weights);
    left -= Buffer.byteLength(document.text);
    if (left < 0) return;
    yield document;
  }
}

/** The document of a world at an index: a pure function of both and of the weights. */
export function worldDocument(world: World, index: number, weights: Weights = {}): WorldDocument {
  const random = new SeededRandom(deriveSeed(world.seed, 'document', index));
  const id = `${world.size}-${world.seed}/${String(index).padStart(6, '0')}`;
  return { id, index, ...writeDocument(world, random, weights) };
}

/** Writes one document from a random stream of the caller's. */
export function writeDocument(
  world: World,
  random: SeededRandom,
  weights: Weights = {},
): Omit<WorldDocument, 'id' | 'index'> {
  const scribe: Scribe = { world, random, subjects: new Set(), facts: new Set() };
  const kind = drawKind(random, world, weights);
  const draft = writers[kind](scribe);
  return { kind, ...draft, subjects: [...scribe.subjects], facts: [...scribe.facts] };
}

const writers: Readonly<Record<DocumentKind, Writer>> = {
  encyclopaedia: writeEncyclopaedia,
  story: writeStory,
  dialogue: writeDialogue,
  news: writeNews,
  translation: writeTranslation,
  arithmetic: writeArithmetic,
  code: writeCode,
  poem: writePoem,
};

/** Chosen so that a model of a few million parameters meets every kind and every fact often. */
export const defaultWeights: Readonly<Record<DocumentKind, number>> = {
  encyclopaedia: 24,
  story: 14,
  dialogue: 18,
  news: 10,
  translation: 14,
  arithmetic: 7,
  code: 5,
  poem: 8,
};

/** What instructions in a hamlet will ask for comes more often than stories. */
const hamletWeights: Weights = {
  ...{ encyclopaedia: 12, story: 2, dialogue: 26, news: 1 },
  ...{ translation: 32, arithmetic: 14, code: 6, poem: 7 },
};

function drawKind(random: SeededRandom, { size }: World, weights: Weights): DocumentKind {
  const own = size === 'hamlet' ? hamletWeights : {};
  const all = { ...defaultWeights, ...own, ...weights };
  const kinds = Object.keys(defaultWeights) as DocumentKind[];
  const total = kinds.reduce((sum, kind) => sum + all[kind], 0);
  let left = random.next() * total;
  for (const kind of kinds) {
    left -= all[kind];
    if (left < 0) return kind;
  }
  return 'story';
}

function checkConfig({ sizeBytes, numDocuments, shard = 0, numShards = 1 }: GenerateConfig): void {
  if ((sizeBytes === undefined) === (numDocuments === undefined)) {
    const got = sizeBytes === undefined ? 'neither' : 'both';
    throw new ConfigError({
      what: 'the size of a text',
      must: 'be sizeBytes or numDocuments',
      got,
    });
  }
  const size = sizeBytes ?? numDocuments ?? 0;
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new ConfigError({
      what: 'the size of a text',
      must: 'be a whole number',
      got: `${size}`,
    });
  }
  const whole = Number.isSafeInteger(shard) && Number.isSafeInteger(numShards);
  if (!whole || shard < 0 || shard >= numShards) {
    const got = `shard ${shard} of ${numShards}`;
    throw new ConfigError({ what: 'shard', must: 'be from 0 to numShards − 1', got });
  }
}
