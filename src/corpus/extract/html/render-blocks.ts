import type { Block } from './block.ts';

/** What rendering needs of a block. */
type Rendered = Pick<Block, 'kind' | 'text' | 'level' | 'marker'>;

/**
 * Blocks as text that people can read, in the manner of Markdown: headings with `#`, items with their
 * marker, code between fences, rows of tables with bars; an empty line between paragraphs.
 */
export function renderBlocks(blocks: readonly Rendered[]): string {
  let text = '';
  for (const [i, block] of blocks.entries()) {
    const before = blocks[i - 1];
    if (before !== undefined) text += isTight(before, block) ? '\n' : '\n\n';
    text += rendered(block);
  }
  return text;
}

/** Items of a list and rows of a table stand line by line. */
function isTight(before: Rendered, block: Rendered): boolean {
  return before.kind === block.kind && (block.kind === 'item' || block.kind === 'row');
}

function rendered({ kind, text, level, marker }: Rendered): string {
  if (kind === 'heading') return `${'#'.repeat(level)} ${text.replace(/\s+/g, ' ')}`;
  if (kind === 'item') return `${'  '.repeat(level - 1)}${marker} ${text}`;
  if (kind !== 'code') return text;
  const fence = text.includes('```') ? '````' : '```';
  return `${fence}\n${text}\n${fence}`;
}
