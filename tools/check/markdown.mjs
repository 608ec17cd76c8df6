// The parts of a Markdown file that checks look at: headings, links, code blocks.

/**
 * @typedef {{ line: number, level: number, text: string }} Heading
 * @typedef {{ line: number, target: string }} Link
 * @typedef {{ line: number, info: string, text: string }} Block `line` is that of the opening fence
 * @typedef {{ headings: Heading[], links: Link[], blocks: Block[] }} Markdown
 */

/**
 * @param {string} text
 * @returns {Markdown}
 */
export function parseMarkdown(text) {
  const { prose, blocks } = splitBlocks(text);
  return { headings: prose.flatMap(readHeading), links: prose.flatMap(readLinks), blocks };
}

/**
 * The anchors of a page as GitHub makes them from its headings: lower case, punctuation dropped, spaces
 * to hyphens, and a number after the second of a kind.
 *
 * @param {readonly Heading[]} headings
 */
export function listAnchors(headings) {
  /** @type {Set<string>} */
  const anchors = new Set();
  for (const { text } of headings) {
    const plain = text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = plain.replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '').replaceAll(' ', '-');
    let anchor = slug;
    for (let number = 1; anchors.has(anchor); number += 1) anchor = `${slug}-${number}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** @typedef {{ line: number, text: string }} Line */

/** @param {string} text */
function splitBlocks(text) {
  /** @type {Line[]} */
  const prose = [];
  /** @type {Block[]} */
  const blocks = [];
  let fence = '';
  text.split('\n').forEach((content, index) => {
    const [, mark = '', info = ''] = /^ {0,3}(`{3,}|~{3,})\s*(.*)$/.exec(content) ?? [];
    const open = fence === '' ? undefined : blocks.at(-1);
    if (open !== undefined && mark.startsWith(fence) && info === '') fence = '';
    else if (open !== undefined) open.text += `${content}\n`;
    else if (mark !== '') {
      fence = mark;
      blocks.push({ line: index + 1, info: info.trim(), text: '' });
    } else prose.push({ line: index + 1, text: content });
  });
  return { prose, blocks };
}

/**
 * @param {Line} line
 * @returns {Heading[]}
 */
function readHeading({ line, text }) {
  const [, marks = '', title = ''] = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/.exec(text) ?? [];
  return marks === '' ? [] : [{ line, level: marks.length, text: title }];
}

/**
 * Inline links and images, reference definitions, and the links of embedded HTML.
 *
 * @param {Line} line
 * @returns {Link[]}
 */
function readLinks({ line, text }) {
  const prose = text.replace(/`[^`]*`/g, '');
  const inline = prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+["'(][^)]*)?\)/g);
  const definitions = prose.matchAll(/^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)/g);
  const html = prose.matchAll(/<(?:a|img)\b[^>]*?(?:href|src)="([^"]+)"/g);
  return [...inline, ...definitions, ...html].map(([, target = '']) => ({ line, target }));
}
