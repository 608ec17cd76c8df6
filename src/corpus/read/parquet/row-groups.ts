/** Where the rows of a file of Parquet lie. */
import { damaged, parquetLines } from './parquet-lines.ts';

/** Rows that are read together. */
export interface RowGroup {
  numRows: number;
  /** Its first byte in the file. */
  start: number;
}

/**
 * The row groups of a file, in order; none when they cannot be read one by one.
 *
 * @throws DamagedFileError for a file that is not Parquet, or whose row groups do not follow each other
 */
export async function rowGroupsOf(path: string, sizeBytes: number): Promise<RowGroup[]> {
  const groups: RowGroup[] = [];
  for await (const line of parquetLines(path, { task: { groups: true } })) {
    if (line !== undefined && 'failed' in line) throw damaged(path, line.failed);
    if (line === undefined || !('group' in line)) continue;
    const [numRows, start] = line.group as [number, number];
    const isBehind = start > (groups.at(-1)?.start ?? 0) && start < sizeBytes;
    if (!isBehind || !(numRows > 0)) throw damaged(path, 'row groups that lie in each other');
    groups.push({ numRows, start });
  }
  return groups;
}
