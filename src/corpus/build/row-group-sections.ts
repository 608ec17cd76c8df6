/** Large files of Parquet, cut where row groups begin. */
import { DamagedFileError } from '../../base/index.ts';
import { type RowGroup, rowGroupsOf } from '../read/parquet/row-groups.ts';
import { type Section, sizeOf } from './sections.ts';

/**
 * The sections of a file of Parquet. What all of its rows mean stands at its end, so each has the hash
 * of the whole file: a change concerns all of them.
 *
 * @param whole the file as a single section, which it stays when its row groups cannot be found
 * @param minBytes the least size of a section that is not the last
 */
export async function rowGroupSections(
  path: string,
  whole: Section,
  minBytes: number,
): Promise<Section[]> {
  if (sizeOf(whole) <= minBytes) return [whole];
  try {
    const sections = cut(await rowGroupsOf(path, sizeOf(whole)), whole, minBytes);
    return sections.length > 1 ? sections : [whole];
  } catch (error) {
    // Whoever reads it will find that too, and counts it.
    if (error instanceof DamagedFileError) return [whole];
    throw error;
  }
}

function cut(groups: readonly RowGroup[], { end, sha256 }: Section, minBytes: number): Section[] {
  const sections: (Section & { numLines: number })[] = [];
  let firstLine = 1;
  for (const [i, { numRows }] of groups.entries()) {
    const start = i === 0 ? 0 : (groups[i]?.start ?? 0);
    const last = sections.at(-1);
    const groupEnd = groups[i + 1]?.start ?? end;
    if (last !== undefined && sizeOf(last) < minBytes) {
      last.end = groupEnd;
      last.numLines += numRows;
    } else sections.push({ start, end: groupEnd, firstLine, numLines: numRows, sha256 });
    firstLine += numRows;
  }
  return sections;
}
