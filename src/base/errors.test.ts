import { describe, expect, test } from 'vitest';
import {
  AthanorError,
  ConfigError,
  exitCodes,
  FileError,
  TensorError,
  UsageError,
} from './index.ts';

describe('messages', () => {
  test('say what, must and got in one line, and the hint in the next', () => {
    const error = new ConfigError({
      what: 'model.hiddenSize',
      must: 'be divisible by model.numHeads (12)',
      got: '770',
      hint: 'the nearest valid values are 768 and 780',
    });
    expect(error.message).toBe(
      'model.hiddenSize must be divisible by model.numHeads (12), got 770\n' +
        '  hint: the nearest valid values are 768 and 780',
    );
    expect(error.hint).toBe('the nearest valid values are 768 and 780');
  });

  test('have no second line without a hint', () => {
    const error = new FileError({ what: 'a.txt', must: 'exist', got: 'nothing' });
    expect(error.message).toBe('a.txt must exist, got nothing');
    expect(error.hint).toBeUndefined();
  });

  test('may be plain text, and keep the cause', () => {
    const cause = new Error('ENOSPC');
    const error = new AthanorError('the disk is full', { cause });
    expect(error.message).toBe('the disk is full');
    expect(error.cause).toBe(cause);
  });
});

describe('classes', () => {
  const problem = { what: 'x', must: 'be y', got: 'z' };

  test.each([
    [new AthanorError(problem), 'AthanorError', exitCodes.failure],
    [new ConfigError(problem), 'ConfigError', exitCodes.usage],
    [new UsageError(problem), 'UsageError', exitCodes.usage],
    [new FileError(problem), 'FileError', exitCodes.failure],
    [new TensorError(problem), 'TensorError', exitCodes.failure],
  ])('%s is named %s and ends a command with %i', (error, name, exitCode) => {
    expect(error).toBeInstanceOf(AthanorError);
    expect(error.name).toBe(name);
    expect(error.exitCode).toBe(exitCode);
    expect(String(error)).toMatch(new RegExp(`^${name}: x must be y, got z`));
  });

  test('the exit codes are those of the contract with schedulers', () => {
    expect(exitCodes).toEqual({
      done: 0,
      failure: 1,
      usage: 2,
      stoppedByGuard: 70,
      savedRunAgain: 75,
      noUsableCheckpoint: 78,
      interrupted: 130,
      terminated: 143,
    });
  });
});
