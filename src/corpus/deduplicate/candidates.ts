import { similarityOfMinHashes } from './minhash.ts';
import { minHashStart, signatureBytes } from './signature.ts';
import type { SignatureFiles } from './signature-files.ts';
import type { UnionFind } from './union-find.ts';

/** Unites those documents of a band's bucket whose MinHashes are as similar as they must be. */
export class CandidateCheck {
  readonly #files: SignatureFiles;
  readonly #sets: UnionFind;
  readonly #minSimilarity: number;

  constructor(files: SignatureFiles, sets: UnionFind, minSimilarity: number) {
    this.#files = files;
    this.#sets = sets;
    this.#minSimilarity = minSimilarity;
  }

  /**
   * Which pairs are compared depends on the bucket as a set only, so the order of files does not
   * matter: all pairs, or in a bucket too large for that each with the first in the order of survivors.
   */
  check(documents: Uint32Array): void {
    if (this.#areUnited(documents)) return;
    if (documents.length > maxCompared) this.#compareWithFirst(documents);
    else this.#compareAll(documents);
  }

  #areUnited(documents: Uint32Array): boolean {
    const first = this.#sets.find(documents[0] as number);
    return documents.every((document) => this.#sets.find(document) === first);
  }

  #compareAll(documents: Uint32Array): void {
    const signatures = this.#readDistinct(documents);
    for (const [i, one] of signatures.entries()) {
      for (let j = 0; j < i; j++) this.#compare(one, signatures[j] as Candidate);
    }
  }

  /** One of each content, as copies were united before and have equal signatures. */
  #readDistinct(documents: Uint32Array): Candidate[] {
    const byContent = new Map<string, Candidate>();
    for (const document of documents) {
      const candidate = this.#read(document, Buffer.alloc(signatureBytes));
      const content = candidate.signature.toString('latin1', 0, 8);
      if (!byContent.has(content)) byContent.set(content, candidate);
    }
    return [...byContent.values()];
  }

  #compareWithFirst(documents: Uint32Array): void {
    const first = this.#read(documents[0] as number, Buffer.alloc(signatureBytes));
    const buffer = Buffer.alloc(signatureBytes);
    for (const document of documents) {
      const { signature } = this.#read(document, buffer);
      if (signature.compare(first.signature, 0, 16, 0, 16) >= 0) continue;
      signature.copy(first.signature);
      first.document = document;
    }
    for (const document of documents) this.#compare(this.#read(document, buffer), first);
  }

  #read(document: number, signature: Buffer): Candidate {
    this.#files.read(document, signature);
    return { document, signature };
  }

  #compare(one: Candidate, other: Candidate): void {
    if (this.#sets.find(one.document) === this.#sets.find(other.document)) return;
    const similarity = similarityOfMinHashes(
      one.signature.subarray(minHashStart),
      other.signature.subarray(minHashStart),
    );
    if (similarity >= this.#minSimilarity) this.#sets.union(one.document, other.document);
  }
}

interface Candidate {
  document: number;
  readonly signature: Buffer;
}

/** Documents of a bucket that are compared each with each. */
const maxCompared = 2_048;
