/** Sets of documents that grow together (Tarjan 1975, path halving); 4 bytes a document. */
export class UnionFind {
  /** Of each document the next one on the way to the first of its set. */
  readonly parents: Uint32Array;

  constructor(length: number) {
    this.parents = new Uint32Array(length);
    for (let at = 0; at < length; at++) this.parents[at] = at;
  }

  find(document: number): number {
    const { parents } = this;
    let at = document;
    for (;;) {
      const parent = parents[at] as number;
      if (parent === at) return at;
      const grandparent = parents[parent] as number;
      parents[at] = grandparent;
      at = grandparent;
    }
  }

  union(one: number, other: number): void {
    const [a, b] = [this.find(one), this.find(other)];
    if (a < b) this.parents[b] = a;
    else this.parents[a] = b;
  }

  /** Lets every document point to the first of its set. */
  flatten(): void {
    for (let at = 0; at < this.parents.length; at++) this.parents[at] = this.find(at);
  }
}
