import fc from 'fast-check';
import { expect, test } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { documentOf } from '../testing/documents.ts';
import { hasLuhnChecksum, isChineseIdentity } from './checksums.ts';
import { personalDataDefaults, personalDataFilter } from './personal-data.ts';

const filter = personalDataFilter(personalDataDefaults);

function replaced(text: string): string {
  const verdict = filter.judge(documentOf(text));
  return 'document' in verdict ? verdict.document.text : 'dropped';
}

test.each([
  ['Write to anna.lin@example.com.', 'Write to <EMAIL>.'],
  ['邮箱：wang_fang+news@mail.example.org，谢谢', '邮箱：<EMAIL>，谢谢'],
  ['from 8.8.4.4, 1.1.1.1 and 2001:4860:4860::8888', 'from <IP>, <IP> and <IP>'],
  ['call +1 202 555 0147 or (202) 555-0147', 'call <TELEPHONE> or <TELEPHONE>'],
  ['call 202-555-0147, +44 20 7946 0958', 'call <TELEPHONE>, <TELEPHONE>'],
  ['电话13800138000，或010-00000147。', '电话<TELEPHONE>，或<TELEPHONE>。'],
  ['手机 138 0013 8000，+86 139-1234-5678', '手机 <TELEPHONE>，<TELEPHONE>'],
  ['paid with 4111 1111 1111 1111 or 378282246310005', 'paid with <CARD> or <CARD>'],
  ['身份证号11010519491231002X，姓名', '身份证号<IDENTITY>，姓名'],
  [`key ${'AKIA'}IOSFODNN7EXAMPLE set`, 'key <KEY> set'],
  [`token ${'gh'}p_${'a1B2'.repeat(9)}`, 'token <KEY>'],
  [
    `${'-----BEGIN'} RSA PRIVATE KEY-----\nMIIBOgIBAAJ\n${'-----END'} RSA PRIVATE KEY-----\nafter`,
    '<KEY>\nafter',
  ],
])('%s', (text, expected) => {
  expect(replaced(text)).toBe(expected);
});

test.each([
  [
    'a version, a private address, a time',
    'v1.2.3 at 192.168.0.1, 10.0.0.7 and 300.1.1.1, 12:30:45',
  ],
  ['a card and an identity with a wrong digit', '4111 1111 1111 1112, 110105194912310021'],
  ['years, sums and dates', 'In 1998–2004 it cost 12,345,678 yuan; 2024-11-26 10:30'],
  ['a name with a sign', 'Follow @anna, or see a@b and C#'],
  ['numbers of books and parts', 'ISBN 978-7-02-000220-7, part 4711-0815, π = 3.14159265358979'],
])('%s stays', (_, text) => {
  expect(replaced(text)).toBe(text);
});

test('a kind without a replacement stays', () => {
  const { email: _, ...rest } = personalDataDefaults;
  const verdict = personalDataFilter(rest).judge(documentOf('a.b@example.com, 13800138000'));
  expect(verdict).toHaveProperty('document.text', 'a.b@example.com, <TELEPHONE>');
});

test('checksums find every wrong digit, and swapped neighbours', () => {
  const digits = fc.array(fc.nat(9), { minLength: 15, maxLength: 15 }).map((list) => list.join(''));
  fc.assert(
    fc.property(digits, fc.nat(15), fc.integer({ min: 1, max: 9 }), (body, place, change) => {
      const check = '0123456789'.split('').find((digit) => hasLuhnChecksum(body + digit));
      const card = body + check;
      const wrong = (Number(card[place]) + change) % 10;
      expect(hasLuhnChecksum(card.slice(0, place) + wrong + card.slice(place + 1))).toBe(false);
    }),
    { numRuns: count({ test: 1_000, pr: 10_000, slow: 100_000 }) },
  );
  const person = '11010519491231002X';
  expect(isChineseIdentity(person)).toBe(true);
  expect(isChineseIdentity(person.toLowerCase())).toBe(true);
  for (let place = 0; place < 17; place++) {
    const [one, other] = [person[place] as string, person[place + 1] as string];
    if (one === other) continue;
    const swapped = person.slice(0, place) + other + one + person.slice(place + 2);
    expect(isChineseIdentity(swapped), swapped).toBe(false);
  }
  // A right checksum with a thirteenth month.
  const noMonth = '11010519491331002';
  const all = [...'0123456789X'].filter((check) => isChineseIdentity(noMonth + check));
  expect(all).toEqual([]);
});

// Takes milliseconds; a pattern that backtracks would run into the time limit of the tests.
test('long texts of one kind of sign are searched once', () => {
  for (const part of [
    'a',
    '1',
    '1 ',
    'a@',
    'a.',
    '1.',
    '1:',
    'eyJ',
    '-----BEGIN PRIVATE KEY-----',
  ]) {
    const text = part.repeat(100_000 / part.length);
    expect(replaced(`${text} c@example.org, 13800138000`)).toContain('<EMAIL>, <TELEPHONE>');
  }
});
