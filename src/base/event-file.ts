/**
 * Event files, which TensorBoard draws: records of the TFRecord format (length, masked CRC-32C of
 * the length, data, masked CRC-32C of the data) that hold `Event` messages of protocol buffers.
 * https://www.tensorflow.org/tutorials/load_data/tfrecord
 */
import { closeSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { crc32c } from './crc32c.ts';
import { asFileError } from './file-failure.ts';

/**
 * Writes scalars for TensorBoard. Every start writes a new file into the folder of a run, as
 * TensorBoard expects; with `resumedStep` it hides what earlier files hold from that step on.
 */
export class EventFile implements Disposable {
  readonly path: string;
  readonly #fd: number;
  #sizeBytes = 0;

  /** Makes the folder if need be. @throws FileError when it cannot. */
  constructor(folder: string, resumedStep?: number) {
    const started = Math.floor(Date.now() / 1000);
    // TensorBoard reads files in the order of their names, so the time stands in front.
    const name = `events.out.tfevents.${started}.${hostname()}.${process.pid}.${process.hrtime.bigint()}`;
    this.path = join(folder, name);
    try {
      mkdirSync(folder, { recursive: true });
      this.#fd = openSync(this.path, 'ax');
    } catch (error) {
      throw asFileError(error, this.path, 'write');
    }
    this.#write(stringField(3, 'brain.Event:2'));
    if (resumedStep !== undefined)
      this.#write(stepField(resumedStep), messageField(7, sessionStart));
  }

  /**
   * Adds numbers by name at a step. NaN and infinities are shown as such.
   *
   * @throws FileError when the disk refuses; the file is as before then.
   */
  scalars(step: number, values: Readonly<Record<string, number>>): void {
    const summary = Object.entries(values).map(([tag, value]) =>
      messageField(1, Buffer.concat([stringField(1, tag), floatField(2, value)])),
    );
    this.#write(stepField(step), messageField(5, Buffer.concat(summary)));
  }

  close(): void {
    closeSync(this.#fd);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #write(...fields: Buffer[]): void {
    const bytes = record(Buffer.concat([doubleField(1, Date.now() / 1000), ...fields]));
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#fd, bytes, done);
      this.#sizeBytes += bytes.length;
    } catch (error) {
      // TensorBoard reads nothing behind half a record.
      ftruncateSync(this.#fd, this.#sizeBytes);
      throw asFileError(error, this.path, 'write');
    }
  }
}

/** SessionLog { status: START }, which makes TensorBoard forget later steps of earlier files. */
const sessionStart = Buffer.from([8, 1]);

function record(data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeBigUInt64LE(BigInt(data.length));
  head.writeUInt32LE(masked(head.subarray(0, 8)), 8);
  const tail = Buffer.alloc(4);
  tail.writeUInt32LE(masked(data));
  return Buffer.concat([head, data, tail]);
}

/** Rotated and shifted, because checksums of data that holds checksums are weak. */
function masked(data: Uint8Array): number {
  const sum = crc32c(data);
  return (((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0;
}

const wireTypes = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

function tagOf(field: number, type: keyof typeof wireTypes): number {
  return (field << 3) | wireTypes[type];
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

function stepField(step: number): Buffer {
  return Buffer.from([tagOf(2, 'varint'), ...varint(step)]);
}

function messageField(field: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tagOf(field, 'bytes'), ...varint(content.length)]), content]);
}

function stringField(field: number, text: string): Buffer {
  return messageField(field, Buffer.from(text));
}

function doubleField(field: number, value: number): Buffer {
  const buffer = Buffer.alloc(9, tagOf(field, 'fixed64'));
  buffer.writeDoubleLE(value, 1);
  return buffer;
}

function floatField(field: number, value: number): Buffer {
  const buffer = Buffer.alloc(5, tagOf(field, 'fixed32'));
  buffer.writeFloatLE(value, 1);
  return buffer;
}
