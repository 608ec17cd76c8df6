/** Whether digits are what they look like: most numbers on web pages are nobody's. */

/** The check digit of payment cards (Luhn, ISO/IEC 7812-1); `digits` are digits only. */
export function hasLuhnChecksum(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 0 ? digit : 2 * digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** A Chinese identity number: 17 digits with a date of birth, and a check character (GB 11643-1999). */
export function isChineseIdentity(number: string): boolean {
  const match = /^[1-8]\d{5}(\d{4})(\d{2})(\d{2})\d{3}[\dXx]$/.exec(number);
  if (match === null) return false;
  const [, year, month, day] = match.map(Number) as [number, number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1880 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return false;
  // ISO 7064, MOD 11-2: the weight of a place is a power of two.
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += Number(number[i]) * (2 ** (17 - i) % 11);
  return '10X98765432'[sum % 11] === number[17]?.toUpperCase();
}
