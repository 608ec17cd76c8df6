/** The thread in which fzstd decodes, for damaged data can make it loop for ever. */
import { parentPort } from 'node:worker_threads';
import { Decompress } from 'fzstd';

/** The header of the next frame, or a block of the one that has begun. */
export type ZstdRequest = { header: Uint8Array } | { block: Uint8Array; isLast: boolean };

/** What a block became. */
export type ZstdAnswer = { decoded: Uint8Array[] } | { failed: string };

let decoded: Uint8Array[] = [];
let decompress = new Decompress();

parentPort?.on('message', (request: ZstdRequest) => {
  if ('header' in request) {
    decompress = new Decompress((block) => decoded.push(block));
    decompress.push(request.header);
    return;
  }
  parentPort?.postMessage(answer(request.block, request.isLast));
});

function answer(block: Uint8Array, isLast: boolean): ZstdAnswer {
  decoded = [];
  try {
    decompress.push(block, isLast);
    return { decoded };
  } catch (error) {
    return { failed: (error as Error).message };
  }
}
