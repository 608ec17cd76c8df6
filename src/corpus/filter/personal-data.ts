import { isIPv6 } from 'node:net';
import type { Filter } from '../document.ts';
import { statisticsOf } from '../text/index.ts';
import { hasLuhnChecksum, isChineseIdentity } from './checksums.ts';
import { keep } from './verdict.ts';

/** What takes the place of personal data of each kind; without an entry it stays. */
export interface PersonalDataRules {
  readonly email?: string;
  readonly ip?: string;
  readonly telephone?: string;
  readonly card?: string;
  readonly chineseIdentity?: string;
  /** Passwords of programs: keys of well-known services, private keys. */
  readonly key?: string;
}

/** Words in brackets, of which a tokenizer can make special tokens (StarCoder, Li et al. 2023, 4). */
export const personalDataDefaults: PersonalDataRules = {
  email: '<EMAIL>',
  ip: '<IP>',
  telephone: '<TELEPHONE>',
  card: '<CARD>',
  chineseIdentity: '<IDENTITY>',
  key: '<KEY>',
};

/**
 * Replaces personal data, as FineWeb's `PIIFormatter` does for e-mail and public IP addresses, and the
 * kinds that Chinese pages have. Drops nothing.
 */
export function personalDataFilter(rules: PersonalDataRules): Filter {
  return {
    name: 'personal-data',
    judge(document) {
      let { text } = document;
      const numDigits = statisticsOf(text).count('digit');
      for (const { kind, pattern, isOne, minDigits = 0, sign = '' } of patterns) {
        const replacement = rules[kind];
        if (replacement === undefined || numDigits < minDigits || !text.includes(sign)) continue;
        text = text.replace(pattern, (found: string) => (isOne(found) ? replacement : found));
      }
      return keep(text === document.text ? document : { ...document, text });
    },
  };
}

interface Pattern {
  readonly kind: keyof PersonalDataRules;
  readonly pattern: RegExp;
  /** Whether what looks like it is it. */
  readonly isOne: (found: string) => boolean;
  /** Texts with fewer digits, or without the sign, need not be searched. */
  readonly minDigits?: number;
  readonly sign?: string;
}

const always = () => true;

/** In this order, as a telephone number may look like a part of the others. All of bounded length. */
const patterns: readonly Pattern[] = [
  {
    kind: 'key',
    pattern:
      /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^-]{1,10000}-----END [A-Z ]{0,20}PRIVATE KEY-----/g,
    isOne: always,
    sign: '-----BEGIN ',
  },
  {
    kind: 'key',
    pattern:
      /\b(?:(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|sk-[A-Za-z0-9_-]{20,100}|AIza[0-9A-Za-z_-]{35}|xox[abprs]-[0-9A-Za-z-]{10,80}|eyJ[\w-]{10,500}\.eyJ[\w-]{10,2000}\.[\w-]{10,500})(?![\w-])/g,
    isOne: always,
    minDigits: 1,
  },
  {
    kind: 'email',
    pattern:
      /(?<![\w.%+-])[\w.%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9-])/g,
    isOne: always,
    sign: '@',
  },
  {
    kind: 'chineseIdentity',
    pattern: /(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])/g,
    isOne: isChineseIdentity,
    minDigits: 17,
  },
  {
    kind: 'card',
    pattern: /(?<![\d.-])[3-6]\d{3}(?:[ -]?\d{2,6}){2,4}(?![\d.-])/g,
    isOne: isCard,
    minDigits: 13,
  },
  {
    kind: 'ip',
    pattern: /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)/g,
    isOne: isPublicIPv4,
    minDigits: 4,
    sign: '.',
  },
  {
    kind: 'ip',
    pattern: /(?<![\w:.])[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{0,4}){2,7}(?![\w:])/g,
    isOne: (found) => isIPv6(found) && !/^(?:fe80|f[cd])/i.test(found),
    minDigits: 1,
    sign: ':',
  },
  {
    kind: 'telephone',
    pattern:
      /(?<![\w.+-])(?:\+\d{1,3}[ .-]?(?:\(?\d{1,4}\)?[ .-]?){1,4}\d{2,8}|(?:86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]\d{7,8}|\(\d{3}\) ?\d{3}[-. ]\d{4}|[2-9]\d{2}[-.][2-9]\d{2}[-.]\d{4})(?![\w-]|\.\d)/g,
    isOne: isTelephone,
    minDigits: 7,
  },
];

function digitsOf(found: string): string {
  return found.replace(/\D/g, '');
}

function isCard(found: string): boolean {
  const digits = digitsOf(found);
  return digits.length >= 13 && digits.length <= 19 && hasLuhnChecksum(digits);
}

/** Addresses of private networks and of none tell nothing about anybody (RFC 6890). */
function isPublicIPv4(found: string): boolean {
  const parts = found.split('.').map(Number);
  const [first = 0, second = 0] = parts;
  if (parts.some((part) => part > 255)) return false;
  if ([0, 10, 127].includes(first) || first >= 224) return false;
  if (first === 172) return second < 16 || second > 31;
  return !(first === 192 && second === 168) && !(first === 169 && second === 254);
}

function isTelephone(found: string): boolean {
  const { length } = digitsOf(found);
  return length >= 9 && length <= 15;
}
