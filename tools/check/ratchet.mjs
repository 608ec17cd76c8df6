// What is longer than allowed since before the rule, or for a stated reason, and how long it may be.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ratchetFile = 'tools/check/ratchet.json';

/**
 * @param {string} root
 * @returns {Record<string, number>} allowed lines by `file` or `file#function`
 */
export function readRatchet(root) {
  const file = path.join(root, ratchetFile);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/**
 * Turns the ratchet: entries sink to today's length or go. It never raises one and never adds one; that
 * takes a hand, and a reviewer who sees it.
 *
 * @param {string} root
 * @param {readonly { key: string, numLines: number }[]} oversizes
 */
export function lowerRatchet(root, oversizes) {
  const today = new Map(oversizes.map(({ key, numLines }) => [key, numLines]));
  const lowered = Object.entries(readRatchet(root)).flatMap(([key, allowed]) => {
    const numLines = today.get(key);
    return numLines === undefined ? [] : [[key, Math.min(allowed, numLines)]];
  });
  const text = JSON.stringify(Object.fromEntries(lowered), null, 2);
  writeFileSync(path.join(root, ratchetFile), `${text}\n`);
}
