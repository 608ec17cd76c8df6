import type { Language } from '../grammar/index.ts';

/**
 * Jaccard similarity of the sets of 5-grams of two texts: of words in English, of characters in
 * Chinese, without case, punctuation and spaces. Texts of fewer than five have one gram.
 */
export function similarity(one: string, other: string, language: Language): number {
  const [grams, others] = [fiveGrams(one, language), fiveGrams(other, language)];
  let shared = 0;
  for (const gram of grams) if (others.has(gram)) shared++;
  return shared / (grams.size + others.size - shared);
}

export function fiveGrams(text: string, language: Language): Set<string> {
  const units =
    language === 'zh'
      ? (text.match(/[\u4e00-\u9fff]|[A-Za-z0-9]+/g) ?? [])
      : (text.toLowerCase().match(/[a-z0-9']+|[\u4e00-\u9fff]/g) ?? []);
  const grams = new Set<string>();
  for (let start = 0; start === 0 || start + 5 <= units.length; start++) {
    grams.add(units.slice(start, start + 5).join(' '));
  }
  return grams;
}
