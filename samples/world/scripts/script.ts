import type { SeededRandom } from '../../../src/base/index.ts';
import { fillSentence, type Language, type Slots } from '../../grammar/index.ts';

/** One way to say a part of a script, in Chinese and in English. */
export type Wording = readonly [zh: string, en: string];

/**
 * A text that can be told in many ways: each beat is told in one of its wordings. The slots are those
 * of `slots.ts`.
 */
export interface Script {
  /** Unique among all scripts. */
  readonly id: string;
  readonly titles: readonly Wording[];
  readonly beats: readonly (readonly Wording[])[];
}

/** A script with its wordings chosen, so that both languages tell the same. */
export interface ChosenScript {
  readonly title: Wording;
  readonly beats: readonly Wording[];
}

/** Chooses the wordings of a script. */
export function chooseWordings(random: SeededRandom, { titles, beats }: Script): ChosenScript {
  return { title: random.pick(titles), beats: beats.map((wordings) => random.pick(wordings)) };
}

/** The title and the beats in one language; an empty wording drops its beat. */
export function tellScript(
  { title, beats }: ChosenScript,
  language: Language,
  slots: Readonly<Record<Language, Slots>>,
): { title: string; beats: string[] } {
  const side = language === 'zh' ? 0 : 1;
  const say = (wording: Wording) => fillSentence(language, wording[side], slots[language]);
  return { title: say(title), beats: beats.map(say).filter((text) => text !== '') };
}
