import type { Completion } from '../../sidebar/protocol/to-page.ts';
import type { Desk } from './desk.ts';
import { element, filled } from './element.ts';
import { showWithin } from './scrolling.ts';

/** The mark that is being written before the caret, and what follows it so far. */
export function markAt(
  text: string,
  caret: number,
): { readonly mark: '/' | '#'; readonly text: string; readonly from: number } | undefined {
  const before = text.slice(0, caret);
  const slash = /^\s*\/([A-Za-z]*)$/.exec(before);
  if (slash !== null) return { mark: '/', text: slash[1] ?? '', from: before.lastIndexOf('/') };
  const hash = /(?:^|\s)#(\S*)$/.exec(before);
  return hash === null
    ? undefined
    : { mark: '#', text: hash[1] ?? '', from: before.length - (hash[1] ?? '').length - 1 };
}

/**
 * What may be written next: a list box that the text field leads by `aria-activedescendant`
 * (https://www.w3.org/WAI/ARIA/apg/practices/keyboard-interface/#kbd_focus_activedescendant).
 */
export class CompletionList {
  readonly root: HTMLElement;
  readonly #desk: Desk;
  readonly #take: (item: Completion) => void;
  readonly #field: HTMLTextAreaElement;
  #items: readonly Completion[] = [];
  #at = 0;

  constructor(desk: Desk, field: HTMLTextAreaElement, take: (item: Completion) => void) {
    this.#desk = desk;
    this.#take = take;
    this.#field = field;
    this.root = element('ul', {
      id: 'completions',
      role: 'listbox',
      'aria-label': desk.words.completions,
      class: 'completions',
      hidden: true,
    });
  }

  get open(): boolean {
    return this.#items.length > 0;
  }

  /** What Enter would take; undefined where there is no list. */
  get current(): Completion | undefined {
    return this.#items[this.#at];
  }

  /** Gives what to say of it. */
  show(items: readonly Completion[]): string {
    this.#items = items;
    this.#at = 0;
    this.root.replaceChildren(...items.map((item, index) => this.#option(item, index)));
    this.root.hidden = items.length === 0;
    this.#mark();
    return items.length === 0 ? '' : filled(this.#desk.words.chooseHint, items.length);
  }

  close(): void {
    this.show([]);
  }

  /** Whether the key was for the list. */
  key(name: string): boolean {
    const item = this.current;
    if (item === undefined) return false;
    if (name === 'ArrowDown' || name === 'ArrowUp') this.#move(name === 'ArrowDown' ? 1 : -1);
    else if (name === 'Enter' || name === 'Tab') this.#take(item);
    else return false;
    return true;
  }

  #move(by: number): void {
    this.#at = (this.#at + by + this.#items.length) % this.#items.length;
    this.#mark();
  }

  #mark(): void {
    for (const [index, option] of [...this.root.children].entries()) {
      option.setAttribute('aria-selected', String(index === this.#at));
      if (index === this.#at && option instanceof HTMLElement) showWithin(this.root, option);
    }
    if (this.open) this.#field.setAttribute('aria-activedescendant', `completion-${this.#at}`);
    else this.#field.removeAttribute('aria-activedescendant');
  }

  #option(item: Completion, index: number): HTMLElement {
    const option = element(
      'li',
      { id: `completion-${index}`, role: 'option' },
      element('bdi', {}, item.label),
      element('span', { class: 'quiet' }, ` ${item.says}`),
    );
    // The field keeps the focus.
    option.addEventListener('mousedown', (event) => {
      event.preventDefault();
      this.#take(item);
    });
    return option;
  }
}
