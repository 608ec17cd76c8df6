import { rougeL, rougeUnits } from './rouge-l.ts';

/** Why a new instruction or its answer is not taken. */
export type InstructionRejection =
  | 'too short'
  | 'too long'
  | 'begins with a sign'
  | 'asks for a program'
  | 'needs more than text'
  | 'similar to a known one';

/** In units: words, and characters of Chinese. */
const [minUnits, maxUnits] = [4, 150];

/** Least ROUGE-L at which two instructions count as the same (Wang et al. 2023, section 2.2). */
const maxSimilarity = 0.7;

const needsMore =
  /\b(?:images?|pictures?|photos?|graphs?|charts?|diagrams?|flowcharts?|files?|maps?|videos?|audio|draw|plot|go to|links?)\b|图片|照片|图表|画一|绘制|文件|视频|音频|链接|地图/iu;

/** The instructions that are known, by their words; new ones are judged by them. */
export class InstructionPool {
  readonly texts: string[] = [];
  readonly #units: Int32Array[] = [];

  constructor(texts: Iterable<string>) {
    for (const text of texts) this.add(text);
  }

  add(text: string): void {
    this.texts.push(text);
    this.#units.push(rougeUnits(text));
  }

  /**
   * What is wrong with a new instruction, if anything (Wang et al. 2023, section 2.2 and appendix A):
   * its length, its first character, what a model of texts cannot do, or that it is known already.
   */
  judge(text: string): InstructionRejection | undefined {
    const units = rougeUnits(text);
    if (units.length < minUnits) return 'too short';
    if (units.length > maxUnits) return 'too long';
    if (!/^["'“‘「『(（]?[\p{L}\p{N}]/u.test(text)) return 'begins with a sign';
    if (/^write (?:a|the) (?:\w+ )?program\b/i.test(text)) return 'asks for a program';
    if (needsMore.test(text)) return 'needs more than text';
    const isKnown = this.#units.some(
      (known) => rougeL(units, known, maxSimilarity) >= maxSimilarity,
    );
    return isKnown ? 'similar to a known one' : undefined;
  }
}
