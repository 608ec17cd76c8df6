import { defineRecipe } from '../src/recipe/index.ts';

/**
 * Poems of the Tang and the Song, as JSON lines, and English prose, mixed by weight as GPT-3 mixed
 * its sources: the smaller and better ones are read more often than their size would say. Build it
 * with `athanor corpus build classics`, with paths of your own.
 */
export const classics = defineRecipe({
  name: 'classics',
  description:
    'a version of Tang poems, WikiText and Shakespeare, cleaned and mixed: a corpus only',
  seed: 1,
  corpus: {
    sources: {
      tang: {
        files: ['data/tang-poems.jsonl.gz'],
        reader: { fields: { id: 'id' } },
        clean: { language: {} },
        licence: 'public domain',
        weight: 0.5,
        heldOut: 0.02,
      },
      wikitext: {
        files: ['data/wikitext2-valid.txt'],
        clean: { language: {} },
        licence: 'CC-BY-SA-3.0',
        weight: 0.3,
      },
      shakespeare: {
        files: ['data/tinyshakespeare.txt'],
        clean: { language: {} },
        licence: 'public domain',
        weight: 0.2,
      },
    },
  },
});

/** The next generation: `classics` and the poems of the Song, without what both have. */
export const classicsNext = defineRecipe({
  name: 'classics-next',
  description: 'a version on top of classics: its texts and the poems of the Song; a corpus only',
  seed: 1,
  corpus: {
    parents: ['classics'],
    sources: {
      song: {
        files: ['data/song-poems.jsonl.gz'],
        reader: { fields: { id: 'id' } },
        clean: { language: {} },
        licence: 'public domain',
        weight: 0.4,
        heldOut: 0.02,
      },
    },
  },
});
