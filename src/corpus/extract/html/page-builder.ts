import { repairMojibake } from '../encoding/repair-mojibake.ts';
import type { Block, Container, Page } from './block.ts';
import {
  type Attributes,
  blockTags,
  containerTags,
  isFurniture,
  isHidden,
  skippedTags,
} from './tags.ts';

interface Element {
  readonly container: number;
  readonly isSkipped: boolean;
  readonly isMain: boolean;
}

/** Puts blocks together from the tags and texts of a page. */
export class PageBuilder {
  readonly #blocks: Block[] = [];
  readonly #containers: Container[] = [{ parent: -1, isFurniture: false, isMain: false }];
  readonly #elements: Element[] = [{ container: 0, isSkipped: false, isMain: false }];
  readonly #lists: { isOrdered: boolean; numItems: number }[] = [];
  #title = '';
  #isTitle = false;
  #text = '';
  #numLinkCharacters = 0;
  #linkDepth = 0;
  #preDepth = 0;
  #kind: Block['kind'] = 'paragraph';
  #level = 0;
  #marker = '';

  get depth(): number {
    return this.#elements.length;
  }

  open(tag: string, attributes: Attributes): void {
    const parent = this.#top();
    const isSkipped = parent.isSkipped || skippedTags.has(tag) || isHidden(attributes);
    if (blockTags.has(tag)) this.#flush();
    const isMain =
      parent.isMain || tag === 'main' || tag === 'article' || attributes.role === 'main';
    let container = parent.container;
    if (containerTags.has(tag)) {
      const furniture = isFurniture(tag, attributes, parent.isMain);
      this.#containers.push({
        parent: container,
        isFurniture: furniture,
        isMain: isMain && !parent.isMain,
      });
      container = this.#containers.length - 1;
    }
    this.#elements.push({ container, isSkipped, isMain });
    if (tag === 'title') this.#isTitle = this.#title === '';
    if (tag === 'a' && attributes.href !== undefined) this.#linkDepth++;
    if (!isSkipped) this.#begin(tag, attributes);
  }

  /** What an element makes of the text that follows. */
  #begin(tag: string, attributes: Attributes): void {
    const heading = /^h([1-6])$/.exec(tag);
    if (heading !== null) this.#start('heading', Number(heading[1]));
    else if (tag === 'pre') {
      this.#preDepth++;
      this.#start('code');
    } else if (tag === 'ul' || tag === 'ol') {
      this.#lists.push({ isOrdered: tag === 'ol', numItems: Number(attributes.start ?? 1) - 1 });
    } else if (tag === 'li' || tag === 'dd') this.#startItem();
    else if (tag === 'tr') this.#start('row');
    else if (tag === 'br') this.#text += this.#preDepth > 0 ? '\n' : '\u2028';
    else if ((tag === 'td' || tag === 'th') && this.#text.trim() !== '') this.#text += ' | ';
  }

  add(text: string): void {
    if (this.#isTitle) this.#title += text;
    if (this.#top().isSkipped) return;
    this.#text += text;
    if (this.#linkDepth > 0) this.#numLinkCharacters += text.trim().length;
  }

  close(tag: string): void {
    if (tag === 'title') this.#isTitle = false;
    if (tag === 'a' && this.#linkDepth > 0) this.#linkDepth--;
    if (blockTags.has(tag)) {
      this.#flush();
      // Also where it was empty; but `<li><p>` is an item still.
      this.#start('paragraph');
    }
    if (tag === 'pre' && this.#preDepth > 0) this.#preDepth--;
    if (tag === 'ul' || tag === 'ol') this.#lists.pop();
    if (this.#elements.length > 1) this.#elements.pop();
  }

  page(): Page {
    this.#flush();
    const title = collapsed(this.#title);
    return { title, blocks: this.#blocks, containers: this.#containers };
  }

  #start(kind: Block['kind'], level = 0, marker = ''): void {
    this.#kind = kind;
    this.#level = level;
    this.#marker = marker;
  }

  #startItem(): void {
    const list = this.#lists.at(-1);
    if (list !== undefined) list.numItems++;
    const marker = list?.isOrdered === true ? `${list.numItems}.` : '-';
    this.#start('item', Math.max(1, this.#lists.length), marker);
  }

  #flush(): void {
    const text = repairMojibake(this.#kind === 'code' ? codeOf(this.#text) : collapsed(this.#text));
    this.#text = '';
    if (text !== '') {
      const [kind, level, marker] = [this.#kind, this.#level, this.#marker];
      const numLinkCharacters = Math.min(this.#numLinkCharacters, text.length);
      const { container } = this.#top();
      this.#blocks.push({ kind, text, level, marker, numLinkCharacters, container });
      this.#start(this.#preDepth > 0 ? 'code' : 'paragraph');
    }
    this.#numLinkCharacters = 0;
  }

  #top(): Element {
    return this.#elements.at(-1) as Element;
  }
}

/** As a browser shows it: white space of HTML is one space, `br` a new line. */
function collapsed(text: string): string {
  return text
    .replace(/[ \t\n\r\f]+/g, ' ')
    .replace(/ ?\u2028 ?/g, '\n')
    .replace(/\n{2,}/g, '\n\n')
    .replace(/^[ \n]+|[ \n]+$/g, '');
}

function codeOf(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/^\n+|\s+$/g, '');
}
