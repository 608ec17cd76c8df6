/** A page as stretches of text, before it is decided which of them are content. */

/** A stretch of text that stands by itself: a paragraph, a heading, an item, a row, a piece of code. */
export interface Block {
  readonly kind: 'paragraph' | 'heading' | 'item' | 'row' | 'code';
  /** White space is collapsed, except in code. */
  readonly text: string;
  /** 1 to 6 of a heading; how deep an item's list is nested, from 1. */
  readonly level: number;
  /** `-`, or the number of an item. */
  readonly marker: string;
  /** Characters of the text that lead somewhere else. */
  readonly numLinkCharacters: number;
  /** The element that it stands in, by its index in the page. */
  readonly container: number;
}

/** An element that holds blocks. */
export interface Container {
  /** Its parent's index; -1 for the page itself. */
  readonly parent: number;
  /** Its tag, class or role says that it is furniture: menus, side bars, feet. */
  readonly isFurniture: boolean;
  /** `main` or `article`. */
  readonly isMain: boolean;
}

export interface Page {
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly containers: readonly Container[];
}
