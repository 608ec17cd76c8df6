/** Texts with duplicates of known similarity, for tests of de-duplication. */
import type { SeededRandom } from '../../base/index.ts';

/** Jaccard similarity of the sets of 5-grams of two texts, by brute force over strings. */
export function jaccard(one: string, other: string): number {
  const [grams, others] = [gramsOf(one), gramsOf(other)];
  let shared = 0;
  for (const gram of grams) if (others.has(gram)) shared++;
  return shared / (grams.size + others.size - shared);
}

function gramsOf(text: string): Set<string> {
  const units = text.toLowerCase().match(/[\u4e00-\u9fff]|[a-z0-9']+/g) ?? [];
  const grams = new Set<string>();
  for (let start = 0; start === 0 || start + 5 <= units.length; start++) {
    grams.add(units.slice(start, start + 5).join(' '));
  }
  return grams;
}

/** A text that nothing else repeats: made-up words, or Chinese characters. */
export function randomText(random: SeededRandom, language: 'en' | 'zh', numUnits = 200): string {
  const units = Array.from({ length: numUnits }, () => randomUnit(random, language));
  return units.join(language === 'en' ? ' ' : '');
}

function randomUnit(random: SeededRandom, language: 'en' | 'zh'): string {
  if (language === 'zh') return String.fromCharCode(0x4e00 + random.int(3_000));
  const letters = Array.from({ length: 2 + random.int(6) }, () => 97 + random.int(26));
  return String.fromCharCode(...letters);
}

/**
 * A copy whose similarity to a text is close to `wanted`, on the far side of it when that is below one
 * half, else on the near side: the end is written anew, and one unit more or less decides.
 */
export function copyAt(random: SeededRandom, text: string, wanted: number): string {
  const language = text.includes(' ') ? 'en' : 'zh';
  const units = language === 'en' ? text.split(' ') : [...text];
  const shared = (units.length * 2 * wanted) / (1 + wanted);
  const near = wanted > 0.5;
  for (let kept = near ? Math.floor(shared) : Math.ceil(shared + 4); ; kept += near ? 1 : -1) {
    const fresh = randomText(random, language, units.length - kept);
    const separator = language === 'en' ? ' ' : '';
    const copy = [...units.slice(0, kept), fresh].join(separator);
    const similarity = jaccard(text, copy);
    if (near ? similarity >= wanted : similarity <= wanted) return copy;
  }
}
