import type { Language } from './bilingual.ts';

/** How an answer is given politely; `{a}` is the answer. */
export const politeFrames: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'Thank you for asking. {a}',
    'Of course. {a} I hope that helps.',
    '{a} Please ask if you want to know more.',
  ],
  zh: ['谢谢您的提问。{a}', '当然。{a}希望对您有帮助。', '{a}如果还想知道什么，请再问我。'],
};

/** The sentences of the frames alone, which may stand around an answer that is right without them. */
export function politeSentences(language: Language): string[] {
  const sentences = politeFrames[language].flatMap((frame) => frame.split('{a}'));
  return sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');
}
