import { expect, test } from 'vitest';
import { scope } from '../tensor/index.ts';
import { inOneRow } from './index.ts';

test('sequences stand one behind the other, each with positions from 0', () => {
  scope(() => {
    const row = inOneRow([[7, 8, 9], Uint32Array.of(5), [1, 2]]);
    expect(row.tokens.dtype).toBe('int64');
    expect(row.tokens.toArray()).toEqual([[7, 8, 9, 5, 1, 2]]);
    expect(row.positions.toArray()).toEqual([[0, 1, 2, 0, 0, 1]]);
    expect(row.documentLengths).toEqual([3, 1, 2]);
    expect(row.ends).toEqual([3, 4, 6]);
  });
});
