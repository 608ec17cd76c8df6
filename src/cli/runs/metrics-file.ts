/** What metrics.jsonl tells, of a run that may be at work: its last line may be half of one. */
import { closeSync, createReadStream, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { asFileError, type JsonObject, LineSplitter, parseJsonLine } from '../../base/index.ts';
import { type CurvePoint, ThinnedCurve } from './thinned-curve.ts';

/** Where a training stands. */
export interface TrainingState {
  /** Finished steps. */
  numSteps: number;
  /** Of the last step; null when it was not finite. */
  loss: number | null;
  /** Since the very first start. */
  secondsElapsed: number;
  /** The newest measurements, without their group: `loss`, `bitsPerByte`, … */
  heldOut: Readonly<Record<string, number | null>>;
}

/** Losses by step. */
export interface Curves {
  training: readonly CurvePoint[];
  heldOut: readonly CurvePoint[];
  /** Lines that are no records. */
  numRejected: number;
}

/** Records of some thousand steps, the last validation among them. */
const tailBytes = 2 ** 20;
const heldOutPrefix = 'validation/';

/** From the end of the file alone. @returns undefined when it tells of no step */
export function readTrainingState(path: string): TrainingState | undefined {
  const records = recordsIn(readTail(path));
  const last = records.findLast((record) => Object.hasOwn(record, 'loss'));
  if (last === undefined) return undefined;
  const validation = records.findLast((record) => Object.keys(record).some(isHeldOut)) ?? {};
  const heldOut = Object.keys(validation)
    .filter(isHeldOut)
    .map((name) => [name.slice(heldOutPrefix.length), numberOf(validation[name])]);
  return {
    numSteps: stepOf(last) + 1,
    loss: numberOf(last.loss),
    secondsElapsed: numberOf(last.secondsElapsed) ?? 0,
    heldOut: Object.fromEntries(heldOut),
  };
}

/**
 * The whole file, in memory that does not grow with it.
 * @throws FileError when it cannot be read.
 */
export async function readCurves(path: string, maxPoints: number): Promise<Curves> {
  const [training, heldOut] = [new ThinnedCurve(maxPoints), new ThinnedCurve(maxPoints)];
  let numRejected = 0;
  const splitter = new LineSplitter();
  try {
    // Not further than the end at first: the run may write on.
    const end = statSync(path).size - 1;
    if (end < 0) return { training: [], heldOut: [], numRejected };
    for await (const block of createReadStream(path, { end, highWaterMark: 2 ** 20 })) {
      for (const { bytes } of splitter.push(block as Buffer)) {
        const record = recordOf(bytes);
        if (record === undefined) numRejected++;
        else if (Object.hasOwn(record, 'loss')) {
          training.add(stepOf(record), numberOf(record.loss));
        } else if (Object.hasOwn(record, `${heldOutPrefix}loss`)) {
          heldOut.add(stepOf(record), numberOf(record[`${heldOutPrefix}loss`]));
        }
      }
    }
  } catch (error) {
    throw asFileError(error, path, 'read');
  }
  return { training: training.points(), heldOut: heldOut.points(), numRejected };
}

function readTail(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, tailBytes));
    const start = size - bytes.length;
    const numRead = readSync(file, bytes, 0, bytes.length, start);
    // The first line is cut, unless it is the first of the file.
    return bytes.subarray(start === 0 ? 0 : bytes.indexOf(10) + 1, numRead);
  } finally {
    closeSync(file);
  }
}

function recordsIn(bytes: Buffer): JsonObject[] {
  const records = [];
  for (const line of new LineSplitter().push(bytes)) {
    const record = recordOf(line.bytes);
    if (record !== undefined) records.push(record);
  }
  return records;
}

/** A line with a step; undefined for anything else. */
function recordOf(bytes: Buffer | undefined): JsonObject | undefined {
  const parsed = parseJsonLine(bytes);
  if (parsed === undefined || !('value' in parsed)) return undefined;
  const { step } = parsed.value as { step?: unknown };
  return Number.isSafeInteger(step) && Number(step) >= 0 ? parsed.value : undefined;
}

function stepOf(record: JsonObject): number {
  return Number(record.step);
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function isHeldOut(name: string): boolean {
  return name.startsWith(heldOutPrefix);
}
