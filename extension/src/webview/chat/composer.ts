import type { Completion } from '../../sidebar/protocol/to-page.ts';
import { longestQuestion } from '../../sidebar/protocol/to-host.ts';
import { CompletionList, markAt } from './completion-list.ts';
import type { Desk } from './desk.ts';
import { element, iconButton } from './element.ts';

/** Where a question is written. Enter asks; Shift+Enter begins a line; the arrow up in an empty field takes the last question. */
export class Composer {
  readonly root: HTMLElement;
  readonly #desk: Desk;
  readonly #say: (text: string) => void;
  readonly #field: HTMLTextAreaElement;
  readonly #list: CompletionList;
  readonly #send: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  #asked = 0;
  #last = '';

  constructor(desk: Desk, say: (text: string) => void) {
    this.#desk = desk;
    this.#say = say;
    const { words } = desk;
    this.#field = element('textarea', {
      id: 'question',
      rows: 1,
      maxlength: longestQuestion,
      'aria-label': words.question,
      placeholder: words.placeholder,
      'aria-autocomplete': 'list',
      'aria-controls': 'completions',
      'aria-haspopup': 'listbox',
      spellcheck: 'false',
    });
    this.#list = new CompletionList(desk, this.#field, (item) => this.#take(item));
    this.#send = iconButton('send', words.send, () => this.#ask(), { class: 'icon-button primary' });
    this.#stop = iconButton('stop', words.stop, () => desk.send({ type: 'stop' }), {
      class: 'icon-button secondary',
      hidden: true,
    });
    this.root = element(
      'div',
      { class: 'composer' },
      this.#list.root,
      element('div', { class: 'field' }, this.#field, this.#send, this.#stop),
    );
    this.#field.addEventListener('input', () => this.#written());
    this.#field.addEventListener('blur', () => this.#closeList());
    this.#field.addEventListener('keydown', (event) => this.#key(event));
  }

  focus(): void {
    this.#field.focus();
  }

  get text(): string {
    return this.#field.value;
  }

  compose(text: string): void {
    this.#write(text, text.length);
    this.focus();
  }

  working(yes: boolean): void {
    const focused = document.activeElement === this.#stop;
    this.#stop.hidden = !yes;
    this.#send.hidden = yes;
    if (!yes && focused) this.focus();
  }

  /** Completions that were asked for before the last letter are too late. */
  completions(asked: number, items: readonly Completion[]): void {
    if (asked !== this.#asked || document.activeElement !== this.#field) return;
    const says = this.#list.show(items);
    if (says !== '') this.#say(says);
  }

  /** What comes for it from now on is too late. */
  #closeList(): void {
    this.#asked += 1;
    this.#list.close();
  }

  #written(): void {
    this.#grow();
    const found = markAt(this.#field.value, this.#field.selectionStart);
    if (found === undefined || found.text.length > 300) return this.#closeList();
    this.#asked += 1;
    this.#desk.send({ type: 'complete', asked: this.#asked, mark: found.mark, text: found.text });
  }

  #key(event: KeyboardEvent): void {
    // An input method composes: its Enter is its own.
    if (event.isComposing) return;
    const plain = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (plain && event.key === 'Escape') return this.#escape();
    if (plain && event.key === 'Enter' && (!this.#list.open || this.#isWritten())) {
      event.preventDefault();
      return this.#ask();
    }
    if (plain && this.#list.key(event.key)) return event.preventDefault();
    if (plain && event.key === 'ArrowUp' && this.#field.value === '' && this.#last !== '') {
      event.preventDefault();
      this.compose(this.#last);
    }
  }

  /** Whether what Enter would take stands there already: nobody has to press it twice. */
  #isWritten(): boolean {
    const found = markAt(this.#field.value, this.#field.selectionStart);
    return found !== undefined && this.#list.current?.insert.trim() === `${found.mark}${found.text}`;
  }

  /** Closes the list; where there is none, stops Jamie. */
  #escape(): void {
    const { open } = this.#list;
    this.#closeList();
    if (!open) this.#desk.send({ type: 'stop' });
  }

  #take({ insert }: Completion): void {
    const { value, selectionStart } = this.#field;
    const found = markAt(value, selectionStart);
    if (found === undefined) return this.#closeList();
    this.#write(
      `${value.slice(0, found.from)}${insert}${value.slice(selectionStart).trimStart()}`,
      found.from + insert.length,
    );
    this.focus();
  }

  /** Puts a text there. Whoever keeps what is being written hears of it. */
  #write(text: string, caret: number): void {
    this.#field.value = text;
    this.#field.setSelectionRange(caret, caret);
    this.#closeList();
    this.#grow();
    this.#field.dispatchEvent(new Event('change', { bubbles: true }));
  }

  #ask(): void {
    const text = this.#field.value.trim();
    if (text === '') return this.focus();
    this.#last = text;
    this.#write('', 0);
    this.#desk.send({ type: 'ask', text });
    this.focus();
  }

  /** As high as its text, up to eight lines. */
  #grow(): void {
    this.#field.rows = Math.min(8, this.#field.value.split('\n').length);
  }
}
