/**
 * The step that has documents scored by a language model: in this process, which has the model, and
 * many at once. What was scored is kept in pieces, so an interruption costs less than one of them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AthanorError } from '../../base/index.ts';
import type { BuildOptions, Scorer } from './build-config.ts';
import { outputsOf, runStep } from './step.ts';
import { type JudgedShard, judgedDocuments } from './survivors.ts';

/** Scores of one shard. */
export interface ScoreTask extends JudgedShard {
  /** Folder of its pieces. */
  folder: string;
  /** Hashes of its documents and duplicates. */
  inputs: Readonly<Record<string, string>>;
}

export const documentsPerPiece = 1_024;
const scoresFile = 'scores.bin';
const defaultBatchSize = 16;

class Stopped extends Error {}

/** @returns false when it was stopped; finished pieces are kept */
export async function scoreShards(
  tasks: readonly ScoreTask[],
  scorer: Scorer,
  stop: BuildOptions['stop'],
): Promise<boolean> {
  try {
    for (const task of tasks) await scoreShard(task, scorer, stop);
    return true;
  } catch (error) {
    if (error instanceof Stopped) return false;
    throw error;
  }
}

/** Documents that are duplicates get no score. */
async function scoreShard(
  task: ScoreTask,
  scorer: Scorer,
  stop: BuildOptions['stop'],
): Promise<void> {
  const inputs = { ...task.inputs, scorer: scorer.id };
  let piece = 0;
  let texts: (string | undefined)[] = [];
  const finishPiece = async () => {
    const scored = texts;
    texts = [];
    await runStep(pieceFolder(task.folder, piece++), inputs, async (folder) => {
      const scores = await scoresOf(scored, scorer, stop);
      writeFileSync(join(folder, scoresFile), Buffer.from(scores.buffer));
    });
  };
  for await (const { document, duplicate } of judgedDocuments(task)) {
    texts.push(duplicate === undefined ? document.text : undefined);
    if (texts.length === documentsPerPiece) await finishPiece();
  }
  if (texts.length > 0) await finishPiece();
}

async function scoresOf(
  texts: readonly (string | undefined)[],
  scorer: Scorer,
  stop: BuildOptions['stop'],
): Promise<Float64Array> {
  const scores = new Float64Array(texts.length).fill(Number.NaN);
  const present = [...texts.entries()].filter((entry): entry is [number, string] => {
    return entry[1] !== undefined;
  });
  const batchSize = scorer.batchSize ?? defaultBatchSize;
  for (let at = 0; at < present.length; at += batchSize) {
    if (stop.isRequested) throw new Stopped();
    const batch = present.slice(at, at + batchSize);
    const found = await scorer.perplexitiesOf(batch.map(([, text]) => text));
    if (found.length !== batch.length) {
      const must = `give ${batch.length} perplexities`;
      throw new AthanorError({ what: 'the scorer', must, got: `${found.length}` });
    }
    for (const [i, [index]] of batch.entries()) scores[index] = found[i] as number;
  }
  return scores;
}

/** The scores of a shard's documents, by their places. */
export function readScores(folder: string, numDocuments: number): Float64Array {
  const pieces = pieceFolders(folder, numDocuments).map((piece) => {
    return readFileSync(join(piece, scoresFile));
  });
  const bytes = Buffer.concat(pieces);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** For the completion record of the step that reads them. */
export function scoreHashes(folder: string, numDocuments: number): (string | undefined)[] {
  return pieceFolders(folder, numDocuments).map((piece) => outputsOf(piece)[scoresFile]);
}

function pieceFolders(folder: string, numDocuments: number): string[] {
  const numPieces = Math.ceil(numDocuments / documentsPerPiece);
  return Array.from({ length: numPieces }, (_, piece) => pieceFolder(folder, piece));
}

function pieceFolder(folder: string, piece: number): string {
  return join(folder, String(piece).padStart(6, '0'));
}
