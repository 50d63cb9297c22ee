import type { Part } from '../../sidebar/protocol/part.ts';
import type { TurnView } from '../../sidebar/protocol/turn-view.ts';
import type { Desk } from './desk.ts';
import { element, iconButton } from './element.ts';
import { partElement } from './part-elements.ts';
import { replacePart, takeFocus } from './replacing.ts';

/** A question and its answer, as they are drawn. */
export class TurnElement {
  readonly root: HTMLElement;
  readonly #desk: Desk;
  readonly #id: number;
  readonly #parts = element('div', { class: 'answer' });
  readonly #ended = element('p', { class: 'quiet ended' });

  constructor({ id, question, time, how, parts }: TurnView, desk: Desk) {
    this.#desk = desk;
    this.#id = id;
    const { words, send } = desk;
    const acts = element(
      'div',
      { class: 'acts turn-acts', role: 'group', 'aria-label': question },
      iconButton('again', words.retry, () => send({ type: 'retry', turn: id })),
      iconButton('edit', words.edit, () => send({ type: 'edit', turn: id })),
      iconButton('copy', words.copy, () => send({ type: 'copy', turn: id })),
    );
    this.root = element(
      'article',
      { class: 'turn', 'aria-label': question, tabindex: -1 },
      element(
        'h2',
        { class: 'question' },
        element('span', { class: 'unseen' }, `${words.you}: `),
        element('bdi', {}, question),
      ),
      time === '' ? undefined : element('p', { class: 'quiet' }, time),
      this.#parts,
      this.#ended,
      acts,
    );
    for (const part of parts) this.put(part);
    this.end(how);
  }

  put(part: Part, after?: string): void {
    const fresh = partElement(part, this.#desk, this.#id);
    const old = this.#find(part.id);
    if (old !== undefined) return replacePart(old, fresh);
    const before = after === undefined ? undefined : this.#find(after);
    if (before !== undefined) {
      before.after(fresh);
      // The button that asked for more is gone.
      if (document.activeElement === document.body) takeFocus(fresh);
      return;
    }
    const progress = this.#find('progress');
    // What is under way stands at the end.
    if (progress === undefined) this.#parts.append(fresh);
    else progress.before(fresh);
  }

  /** The buttons of a part that somebody is at. */
  pressed(id: string): HTMLElement | undefined {
    const part = this.#find(id);
    return part?.contains(document.activeElement) === true
      ? (part.querySelector<HTMLElement>('.acts') ?? undefined)
      : undefined;
  }

  drop(id: string): void {
    this.#find(id)?.remove();
  }

  end(how: TurnView['how']): void {
    const { words } = this.#desk;
    this.root.setAttribute('aria-busy', String(how === 'running'));
    if (how === 'running') return;
    this.drop('progress');
    this.#ended.textContent = how === 'stopped' ? words.stopped : '';
  }

  #find(id: string): HTMLElement | undefined {
    return [...this.#parts.children].find(
      (one): one is HTMLElement => one instanceof HTMLElement && one.dataset['part'] === id,
    );
  }
}
