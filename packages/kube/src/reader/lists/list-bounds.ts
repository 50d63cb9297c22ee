/**
 * How much a list may be. Kubernetes is made for 150,000 pods, and keeps the state that pages belong to for five to ten
 * minutes; what goes far beyond that is a server that has lost count, or one that lies.
 */
export interface ListBounds {
  readonly objects: number;
  /** As they come over the wire, unpacked. */
  readonly bytes: number;
  readonly pages: number;
  readonly milliseconds: number;
}

export const usualBounds: ListBounds = {
  objects: 500_000,
  bytes: 4 * 1024 ** 3,
  pages: 10_000,
  milliseconds: 900_000,
};

const count = (number: number): string => number.toLocaleString('en');

/** What came of one list so far, over all of its pages. */
export class ListTally {
  readonly #bounds: ListBounds;
  readonly #began = performance.now();
  objects = 0;
  bytes = 0;
  pages = 0;

  constructor(bounds: ListBounds = usualBounds) {
    this.#bounds = bounds;
  }

  /** While a page comes: which bound was passed. */
  passed(): string | undefined {
    const { objects, bytes } = this.#bounds;
    if (this.objects > objects) return `more than ${count(objects)} objects`;
    return this.bytes > bytes ? `more than ${count(Math.round(bytes / 1024 ** 2))} MiB` : undefined;
  }

  /** Where another page is to be asked for: which bound was reached. */
  reached(): string | undefined {
    const { objects, pages, milliseconds } = this.#bounds;
    const soFar = `${count(this.objects)} objects`;
    if (this.objects >= objects) return `${soFar} so far`;
    if (this.pages >= pages) return `${soFar} in ${count(this.pages)} pages so far`;
    const seconds = count(Math.round(milliseconds / 1000));
    return performance.now() - this.#began >= milliseconds ? `${soFar} in ${seconds} s so far` : undefined;
  }
}
