import type { Language } from '../grammar/index.ts';

/** Whether an answer contains a text: as whole words in English, in either case. */
export function says(answer: string, text: string, language: Language): boolean {
  return language === 'zh' ? answer.includes(text) : wholeWords(text).test(answer);
}

/** The answer with another text in the place of one that it contains, small where that was. */
export function sayInstead(
  answer: string,
  text: string,
  instead: string,
  language: Language,
): string {
  if (language === 'zh') return answer.replaceAll(text, () => instead);
  return answer.replace(wholeWords(text), (found) =>
    /^[a-z]/.test(found) ? instead.charAt(0).toLowerCase() + instead.slice(1) : instead,
  );
}

function wholeWords(text: string): RegExp {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![a-z0-9])${escaped}(?![a-z0-9])`, 'i');
}
