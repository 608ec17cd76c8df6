import type { SubjectKind } from './subject.ts';

/** How much there is to know: about 180, 480, 1,580 and 9,070 facts. */
export type WorldSize = 'hamlet' | 'village' | 'town' | 'country';

/** What a size means: people, and how many of each kind of thing; what is not named is there whole. */
export interface SizePlan {
  /** Even and at least four: two neighbours are friends, and scenes need a stranger. */
  readonly numPeople: number;
  /** Of the hobbies and dishes that people may love; all unless given. */
  readonly numPastimes?: number;
  readonly things: Readonly<Partial<Record<SubjectKind, number>>>;
}

export const sizes: Readonly<Record<WorldSize, SizePlan>> = {
  hamlet: {
    numPeople: 4,
    numPastimes: 8,
    things: {
      place: 4,
      animal: 5,
      trade: 4,
      fruit: 3,
      festival: 2,
      thing: 4,
      country: 5,
      poem: 6,
      adjective: 8,
    },
  },
  village: {
    numPeople: 16,
    things: {
      place: 8,
      animal: 12,
      trade: 10,
      fruit: 7,
      festival: 4,
      thing: 10,
      country: 5,
      poem: 24,
      adjective: 24,
    },
  },
  town: { numPeople: 64, things: {} },
  country: { numPeople: 1000, things: {} },
};
