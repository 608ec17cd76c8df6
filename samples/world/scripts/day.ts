import type { SeededRandom } from '../../../src/base/index.ts';
import { clockEn, clockZh } from '../../grammar/index.ts';
import { months } from '../facts/places.data.ts';
import { readLines, readWords } from '../facts/table.ts';
import { factOf, type Subject } from '../subject.ts';
import { addSlot, type SlotPair } from './roles.ts';
import {
  corners,
  mornings,
  partOffsets,
  skies,
  sweets,
  temperatures,
  winds,
} from './scenery.data.ts';

/** Adds a day of the year in a town: its date and season, the sky, and degrees that go with them. */
export function addDay(slots: SlotPair, random: SeededRandom, town: Subject): void {
  const month = random.int(12);
  const day = 1 + random.int(28);
  const [, monthEn = ''] = (readWords(months)[month] as string).split('|');
  addSlot(slots, 'date', `${month + 1}月${day}日`, `${monthEn} ${day}`);
  const season = seasons[Math.floor(((month + 10) % 12) / 3)] as (typeof seasons)[number];
  addSlot(slots, 'season', season, seasonNames[season]);
  const [low, high] = temperatures[season];
  const shift = (partOffsets[factOf(town, 'part')?.value.zh.v ?? ''] ?? 0) + random.int(7) - 3;
  addDegrees(slots, 'low', low + shift);
  addDegrees(slots, 'high', high + shift);
  addSky(slots, random, low + shift);
}

/** Adds numbers and small things: see `drawScene`. */
export function addDetails(slots: SlotPair, random: SeededRandom): void {
  const goals = random.int(4);
  const numbers = {
    n: 20 + random.int(900),
    few: 2 + random.int(15),
    n1: goals + 1 + random.int(3),
    n2: goals,
    price: 2 + random.int(15),
    minutes: 5 * (1 + random.int(9)),
  };
  for (const [name, value] of Object.entries(numbers)) addSlot(slots, name, `${value}`, `${value}`);
  const hour = 2 + random.int(8) / 2;
  addSlot(slots, 'hour', clockZh(hour), clockEn(hour));
  addPick(slots, random, 'left', '左|left\n右|right');
  addPick(slots, random, 'spot', corners);
  addPick(slots, random, 'weather', mornings);
  addPick(slots, random, 'wind', winds);
  addPick(slots, random, 'ofood', sweets);
}

/** The sky of the day and of the next; it snows only in the cold, and then it does not rain. */
function addSky(slots: SlotPair, random: SeededRandom, low: number): void {
  const fitting = readLines(skies).filter(
    ([sky]) => !(sky === '下雪|snowy' && low > 0) && !(sky === '小雨|rainy' && low < -3),
  );
  const [today, tomorrow] = [random.pick(fitting), random.pick(fitting)];
  addCell(slots, 'sky', today[0] ?? '');
  addCell(slots, 'advice', today[1] ?? '');
  addCell(slots, 'sky2', tomorrow[0] ?? '');
}

function addDegrees(slots: SlotPair, name: string, degrees: number): void {
  const size = Math.abs(degrees);
  const below = degrees < 0;
  addSlot(slots, name, `${below ? '零下' : ''}${size}`, `${below ? 'minus ' : ''}${size}`);
}

/** Adds a cell `中文|English`. */
function addCell(slots: SlotPair, name: string, cell: string): void {
  const [zh = '', en = ''] = cell.split('|');
  addSlot(slots, name, zh, en);
}

/** Adds one cell of a list. */
function addPick(slots: SlotPair, random: SeededRandom, name: string, list: string): void {
  const [cell = ''] = random.pick(readLines(list));
  addCell(slots, name, cell);
}

const seasons = ['春天', '夏天', '秋天', '冬天'] as const;

const seasonNames = { 春天: 'spring', 夏天: 'summer', 秋天: 'autumn', 冬天: 'winter' } as const;
