// A Chinese page has the headings of its English twin, in the same order.

import { parseMarkdown } from './markdown.mjs';
import { listFiles, readText } from './repository.mjs';

export const name = 'translations';

/**
 * @param {string} root
 * @returns {import('./problem.mjs').Problem[]}
 */
export function run(root) {
  const files = listFiles(root);
  return files
    .filter((file) => file.endsWith('.zh.md'))
    .flatMap((file) => {
      const twin = file.replace(/\.zh\.md$/, '.md');
      if (!files.includes(twin)) return [{ file, what: `has no English twin ${twin}` }];
      const [own, other] = [describeHeadings(root, file), describeHeadings(root, twin)];
      if (own === other) return [];
      const what = `has the heading levels ${own}, and ${twin} has ${other}`;
      return [{ file, what, hint: 'bring both pages to the same sections' }];
    });
}

/**
 * @param {string} root
 * @param {string} file
 */
function describeHeadings(root, file) {
  const { headings } = parseMarkdown(readText(root, file));
  return headings.map(({ level }) => level).join(' ');
}
