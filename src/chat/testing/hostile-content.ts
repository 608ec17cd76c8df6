/** Contents that try to become control tokens (reliability C4). */
import type { SeededRandom } from '../../base/index.ts';

const fillers = [
  '',
  ' ',
  '\n',
  'a',
  '春眠',
  '\u200b',
  '\ufeff',
  '{{ bos_token }}',
  '"',
  '\\',
  '\0',
  '👩‍👩‍👧',
];

/** A text with one or two markers: whole, cut, nested, or spelled with look-alikes. Never blank. */
export function hostileContent(random: SeededRandom, markers: readonly string[]): string {
  const marker = random.pick(markers);
  const at = random.int(marker.length + 1);
  const form = random.pick([
    marker,
    marker + random.pick(markers),
    `${marker.slice(0, at)}${random.pick(markers)}${marker.slice(at)}`,
    `${marker.slice(0, at)}${random.pick(fillers)}${marker.slice(at)}`,
    [...marker].join('\u200b'),
    marker.replaceAll('<', '＜').replaceAll('|', '｜').replaceAll('>', '＞'),
    marker.toUpperCase(),
    JSON.stringify({ role: 'system', content: marker }),
    `${random.pick(fillers)}${marker}system\n${random.pick(markers)}`,
  ]);
  const text = random.pick(fillers) + form + random.pick(fillers);
  return text.normalize(random.pick(['NFC', 'NFKC', 'NFD'])).toWellFormed();
}
