/** Numbers and clock times in words. */

const onesEn =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tensEn = '_ _ twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const digitsZh = '零一二三四五六七八九';

/** A whole number from 0 to 9,999 in English: `one hundred and five`. */
export function numberEn(value: number): string {
  if (value < 20) return onesEn[value] as string;
  if (value < 100) {
    const ones = value % 10;
    const tens = tensEn[Math.floor(value / 10)] as string;
    return ones === 0 ? tens : `${tens}-${onesEn[ones]}`;
  }
  const [unit, name] = value < 1000 ? [100, 'hundred'] : [1000, 'thousand'];
  const head = `${numberEn(Math.floor(value / unit))} ${name}`;
  const rest = value % unit;
  if (rest === 0) return head;
  return `${head}${rest < 100 ? ' and' : ''} ${numberEn(rest)}`;
}

/** A whole number from 0 to 9,999 in Chinese characters: `一百零五`. */
export function numberZh(value: number): string {
  if (value < 10) return digitsZh.charAt(value);
  const text = spellZh(value);
  // Ten to nineteen drop their leading one: 十二, not 一十二.
  return value < 20 ? text.slice(1) : text;
}

/** A number of things in Chinese, before a measure word, where two is 两 and not 二. */
export function countZh(value: number): string {
  return value === 2 ? '两' : numberZh(value);
}

/** A number of years, days or things in English ordinals: `first`, `twenty-third`; up to 99. */
export function ordinalEn(value: number): string {
  const cardinal = numberEn(value);
  const cut = cardinal.lastIndexOf('-') + 1;
  const last = cardinal.slice(cut);
  return cardinal.slice(0, cut) + (irregularOrdinals[last] ?? regularOrdinal(last));
}

/** A full or half hour: 7 → `七点`, 7.5 → `七点半`. */
export function clockZh(hour: number): string {
  const whole = Math.floor(hour);
  return `${countZh(whole)}点${hour > whole ? '半' : ''}`;
}

/** A full or half hour: 7 → `seven o'clock`, 7.5 → `half past seven`. */
export function clockEn(hour: number): string {
  const whole = Math.floor(hour);
  return hour > whole ? `half past ${numberEn(whole)}` : `${numberEn(whole)} o'clock`;
}

const irregularOrdinals: Record<string, string> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

function regularOrdinal(cardinal: string): string {
  return cardinal.endsWith('y') ? `${cardinal.slice(0, -1)}ieth` : `${cardinal}th`;
}

function spellZh(value: number): string {
  let text = '';
  let gap = false;
  for (const [unit, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / unit) % 10;
    if (digit === 0) {
      gap = text !== '';
      continue;
    }
    text += `${gap ? '零' : ''}${digitsZh.charAt(digit)}${name}`;
    gap = false;
  }
  return text;
}
