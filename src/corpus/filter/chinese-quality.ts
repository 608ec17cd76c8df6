import type { Filter, Verdict } from '../document.ts';
import { statisticsOf, type TextStatistics } from '../text/index.ts';
import { drop, keep, writingOf } from './verdict.ts';

export interface ChineseQualityRules {
  /** Least and most units: Chinese characters, and words of other writing among them. */
  readonly minCharacters: number;
  readonly maxCharacters: number;
  /** Share of the units that are Chinese characters. */
  readonly minChinese: number;
  /** Full-width marks that end a clause (，。！？；：、) for each unit. */
  readonly minPunctuation: number;
  readonly maxPunctuation: number;
  /** Share of those marks that are exclamation marks, also of Latin writing. */
  readonly maxExclamations: number;
  /** How many different ones of `stopCharacters` a text must have. */
  readonly minStopCharacters: number;
  readonly stopCharacters: string;
}

/** Numbers of our own, for the intent of Gopher's quality rules: is this continuous Chinese? */
export const chineseQualityDefaults: ChineseQualityRules = {
  minCharacters: 80,
  maxCharacters: 200_000,
  minChinese: 0.6,
  minPunctuation: 0.03,
  maxPunctuation: 0.35,
  maxExclamations: 0.5,
  minStopCharacters: 4,
  stopCharacters: '的一是不了在有我他她这這就人来來们們个個上也和说說地到着著子那',
};

/** What Gopher's quality rules ask of English, asked of Chinese. Judges Chinese only. */
export function chineseQualityFilter(rules: ChineseQualityRules): Filter {
  return {
    name: 'chinese-quality',
    judge(document) {
      if (writingOf(document) !== 'chinese') return keep(document);
      const statistics = statisticsOf(document.text);
      return (
        judgeCharacters(statistics, rules) ??
        judgePunctuation(statistics, rules) ??
        judgeStopCharacters(document.text, rules) ??
        keep(document)
      );
    },
  };
}

function judgeCharacters(
  statistics: TextStatistics,
  rules: ChineseQualityRules,
): Verdict | undefined {
  const { numUnits } = statistics;
  if (numUnits < rules.minCharacters) {
    return drop('chinese: too few characters', numUnits, rules.minCharacters);
  }
  if (numUnits > rules.maxCharacters) {
    return drop('chinese: too many characters', numUnits, rules.maxCharacters);
  }
  const chinese = statistics.count('han') / numUnits;
  if (chinese >= rules.minChinese) return undefined;
  return drop('chinese: too few Chinese characters', chinese, rules.minChinese);
}

function judgePunctuation(
  { text, numUnits }: TextStatistics,
  rules: ChineseQualityRules,
): Verdict | undefined {
  let [marks, exclamations] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0xff01 || code === 0x21) exclamations++;
    if (clauseMarks.has(code)) marks++;
  }
  const share = marks / numUnits;
  if (share < rules.minPunctuation) {
    return drop('chinese: too little punctuation', share, rules.minPunctuation);
  }
  if (share > rules.maxPunctuation) {
    return drop('chinese: too much punctuation', share, rules.maxPunctuation);
  }
  const loud = exclamations / marks;
  if (loud <= rules.maxExclamations) return undefined;
  return drop('chinese: too many exclamation marks', loud, rules.maxExclamations);
}

const clauseMarks: ReadonlySet<number> = new Set(
  Array.from('，。！？；：、', (mark) => mark.charCodeAt(0)),
);

function judgeStopCharacters(
  text: string,
  { stopCharacters, minStopCharacters }: ChineseQualityRules,
): Verdict | undefined {
  let found = 0;
  for (const character of stopCharacters) {
    if (text.includes(character)) found++;
    if (found >= minStopCharacters) return undefined;
  }
  return drop('chinese: too few stop characters', found, minStopCharacters);
}
