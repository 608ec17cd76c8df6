/** What became of the instructions that a model wrote. */
import type { InstructionLog } from './instruction-log.ts';

export interface SelfInstructReport {
  /** Instructions that the model wrote, and lists of it that were none. */
  numRead: number;
  numKept: number;
  /** Not taken, by reason. */
  rejected: Readonly<Record<string, number>>;
  /** New instructions without an answer so far. */
  numWaiting: number;
  /** Lists of instructions asked for. */
  numRequests: number;
}

/** Whether an instruction is still to be answered. */
export function isWaiting(log: InstructionLog, at: number): boolean {
  const { answer, rejected } = log.made[at] ?? {};
  return answer === undefined && rejected === undefined;
}

export function numKeptOf({ made }: InstructionLog): number {
  return made.filter(({ answer }) => answer !== undefined).length;
}

export function reportOf(log: InstructionLog): SelfInstructReport {
  const { numRead, numRequests, rejected } = log;
  const numWaiting = [...log.made.keys()].filter((at) => isWaiting(log, at)).length;
  return { numRead, numKept: numKeptOf(log), rejected: { ...rejected }, numWaiting, numRequests };
}
