import type { ConversationView } from '../../sidebar/protocol/to-page.ts';
import type { Desk } from './desk.ts';
import { button, element, iconButton, link } from './element.ts';

const pause = 250;

/** The conversations of this folder: searched, opened, renamed, exported, deleted. */
export class HistoryPanel {
  readonly root: HTMLElement;
  readonly #desk: Desk;
  readonly #search: HTMLInputElement;
  readonly #list = element('ul', { class: 'conversations' });
  readonly #closed: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(desk: Desk, closed: () => void) {
    this.#desk = desk;
    this.#closed = closed;
    const { words } = desk;
    this.#search = element('input', {
      type: 'search',
      'aria-label': words.search,
      placeholder: words.search,
      maxlength: 200,
    });
    this.root = element(
      'section',
      { class: 'history', 'aria-label': words.history, hidden: true },
      element(
        'div',
        { class: 'row' },
        this.#search,
        iconButton('close', words.close, () => this.hide()),
      ),
      this.#list,
    );
    this.#search.addEventListener('input', () => this.#searchSoon());
    this.root.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.hide();
    });
  }

  get open(): boolean {
    return !this.root.hidden;
  }

  show(): void {
    this.root.hidden = false;
    this.#search.value = '';
    this.#search.focus();
    this.#desk.send({ type: 'history', words: '' });
  }

  hide(): void {
    if (this.root.hidden) return;
    clearTimeout(this.#timer);
    this.root.hidden = true;
    this.#closed();
  }

  list(conversations: readonly ConversationView[]): void {
    const { words } = this.#desk;
    const items = conversations.map((one) => this.#item(one));
    this.#list.replaceChildren(
      ...(items.length === 0 ? [element('li', { class: 'quiet' }, words.noConversations)] : items),
    );
  }

  #item({ id, title, says, current }: ConversationView): HTMLElement {
    const { words, send } = this.#desk;
    const act = (text: string, type: 'rename' | 'export' | 'remove'): HTMLButtonElement =>
      button(text, () => send({ type, conversation: id }), {
        class: 'quiet-button',
        'aria-label': `${text}: ${title}`,
      });
    const open = link(
      title,
      () => {
        send({ type: 'open', conversation: id });
        this.hide();
      },
      { 'aria-current': current ? 'true' : undefined },
    );
    return element(
      'li',
      {},
      open,
      element('p', { class: 'quiet' }, says),
      element(
        'div',
        { class: 'acts' },
        act(words.rename, 'rename'),
        act(words.export, 'export'),
        act(words.remove, 'remove'),
      ),
    );
  }

  #searchSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#desk.send({ type: 'history', words: this.#search.value }), pause);
  }
}
