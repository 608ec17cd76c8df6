// Links between documents lead somewhere.

import path from 'node:path';
import { listAnchors, parseMarkdown } from './markdown.mjs';
import { isMarkdown, listFiles, readText } from './repository.mjs';

/** @typedef {import('./problem.mjs').Problem} Problem */

export const name = 'links';

/**
 * @param {string} root
 * @returns {Problem[]}
 */
export function run(root) {
  const files = listFiles(root);
  const pages = files.filter(isMarkdown).map((file) => {
    const { headings, links } = parseMarkdown(readText(root, file));
    return { file, links, anchors: listAnchors(headings) };
  });
  const anchorsOf = new Map(pages.map(({ file, anchors }) => [file, anchors]));
  const targets = new Set(files.flatMap(withFolders));
  return pages.flatMap(({ file, links }) =>
    links.flatMap(({ line, target }) => {
      const what = judgeLink(file, target, targets, anchorsOf);
      return what === undefined ? [] : [{ file, line, what }];
    }),
  );
}

/**
 * @param {string} from the page with the link
 * @param {string} link
 * @param {ReadonlySet<string>} targets files and folders that exist
 * @param {ReadonlyMap<string, ReadonlySet<string>>} anchorsOf
 * @returns {string | undefined} what is wrong with it
 */
function judgeLink(from, link, targets, anchorsOf) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return undefined;
  if (/%(?![0-9a-f]{2})/i.test(link)) return `links to ${link}, where a % must be written %25`;
  const [filePart = '', anchor] = decodeURI(link).split('#', 2);
  const joined = path.posix.join(path.posix.dirname(from), filePart);
  const target = filePart === '' ? from : joined.replace(/\/$/, '');
  if (!targets.has(target)) return `links to ${link}, which does not exist`;
  const anchors = anchorsOf.get(target);
  if (anchor === undefined || anchors === undefined || anchors.has(anchor)) return undefined;
  return `links to ${link}, and ${target} has no such heading`;
}

/** @param {string} file */
function withFolders(file) {
  const steps = file.split('/');
  return ['.', ...steps.map((_, index) => steps.slice(0, index + 1).join('/'))];
}
