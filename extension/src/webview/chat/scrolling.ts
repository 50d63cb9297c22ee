/** Moves a list so far that its child is seen; `scrollIntoView` would move the page too. */
export function showWithin(list: HTMLElement, child: HTMLElement): void {
  const [seen, wanted] = [list.getBoundingClientRect(), child.getBoundingClientRect()];
  if (wanted.top < seen.top) list.scrollTop -= seen.top - wanted.top;
  else if (wanted.bottom > seen.bottom) list.scrollTop += wanted.bottom - seen.bottom;
}

/** Keeps the top of one child of a list at the top, as far as there is enough below it, also when the list gets another size; until a person scrolls. */
export class KeptAtTop {
  readonly #list: HTMLElement;
  #child: HTMLElement | undefined;
  #at = 0;

  constructor(list: HTMLElement) {
    this.#list = list;
    list.addEventListener('scroll', () => {
      if (Math.abs(list.scrollTop - this.#at) > 1) this.#child = undefined;
    });
    new ResizeObserver(() => {
      if (this.#child !== undefined) this.show(this.#child);
    }).observe(list);
  }

  show(child: HTMLElement): void {
    this.#child = child;
    this.#list.scrollTop += child.getBoundingClientRect().top - this.#list.getBoundingClientRect().top;
    // The browser goes no further than to the end.
    this.#at = this.#list.scrollTop;
  }
}
