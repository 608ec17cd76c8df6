/** From HTML to blocks in one pass, without a tree. */
import { Parser } from 'htmlparser2';
import type { Page } from './block.ts';
import { PageBuilder } from './page-builder.ts';

/** Deeper pages are made to take time: closing a tag looks through all open ones. */
const maxDepth = 1_000;

/** @returns undefined for a page that is nested too deeply */
export function parsePage(html: string): Page | undefined {
  const builder = new PageBuilder();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        builder.open(name, attributes);
        if (builder.depth > maxDepth) parser.pause();
      },
      ontext: (text) => builder.add(text),
      onclosetag: (name) => builder.close(name),
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  // In pieces, for a parser that is paused finishes what it was given.
  for (let at = 0; at < html.length && builder.depth <= maxDepth; at += pieceLength) {
    parser.write(html.slice(at, at + pieceLength));
  }
  if (builder.depth > maxDepth) return undefined;
  parser.end();
  return builder.page();
}

const pieceLength = 2 ** 16;
