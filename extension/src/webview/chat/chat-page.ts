import type { Part } from '../../sidebar/protocol/part.ts';
import type { Standing, ToPage } from '../../sidebar/protocol/to-page.ts';
import type { TurnView } from '../../sidebar/protocol/turn-view.ts';
import { Composer } from './composer.ts';
import type { Desk } from './desk.ts';
import { element, iconButton } from './element.ts';
import { HistoryPanel } from './history-panel.ts';
import { lineNodes, paragraph } from './lines.ts';
import { KeptAtTop, showWithin } from './scrolling.ts';
import { TurnElement } from './turn-element.ts';

/** So near to its end a person reads along, in pixels. */
const near = 80;

/** The page of the chat: a title, what is said, and where one writes. */
export class ChatPage {
  readonly #desk: Desk;
  readonly #title = element('h1', {});
  readonly #cluster = element('p', { class: 'quiet cluster' });
  readonly #standing = element('section', { class: 'welcome' });
  readonly #log: HTMLElement;
  readonly #kept: KeptAtTop;
  readonly #said = element('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  readonly #composer: Composer;
  readonly #history: HistoryPanel;
  readonly #turns = new Map<number, TurnElement>();
  readonly #running = new Set<number>();
  #following = false;

  constructor(root: HTMLElement, desk: Desk) {
    this.#desk = desk;
    const { words, send } = desk;
    this.#composer = new Composer(desk, (text) => this.#say(text));
    const openHistory = iconButton('history', words.history, () => this.#history.show());
    this.#history = new HistoryPanel(desk, () => openHistory.focus());
    // Polite and additions only: an answer that grows is not read again from its beginning.
    this.#log = element('div', {
      class: 'log',
      role: 'log',
      'aria-label': words.conversation,
      'aria-live': 'off',
      tabindex: 0,
    });
    this.#kept = new KeptAtTop(this.#log);
    const begin = iconButton('add', words.begin, () => {
      send({ type: 'begin' });
      this.#composer.focus();
    });
    root.replaceChildren(
      element('header', {}, this.#title, this.#cluster, element('div', { class: 'row' }, begin, openHistory)),
      this.#history.root,
      element('main', {}, this.#standing, this.#log),
      this.#composer.root,
      this.#said,
    );
    this.tellTitle('');
  }

  hear(message: Exclude<ToPage, { readonly type: 'welcome' }>): void {
    (this.#ears[message.type] as (heard: ToPage) => void)(message);
  }

  readonly #ears: {
    readonly [K in Exclude<ToPage['type'], 'welcome'>]: (message: Extract<ToPage, { readonly type: K }>) => void;
  } = {
    standing: ({ standing }) => this.standing(standing),
    conversation: ({ title, turns }) => this.conversation(title, turns),
    title: ({ title }) => this.tellTitle(title),
    turn: ({ turn }) => this.#turn(turn),
    part: ({ turn, part, after }) => this.#part(turn, part, after),
    drop: ({ turn, part }) => this.#turns.get(turn)?.drop(part),
    ended: ({ turn, how, says }) => this.#end(turn, how, says),
    forget: ({ turn }) => this.#forget(turn),
    history: ({ conversations, says }) => {
      this.#history.list(conversations);
      this.#say(says);
    },
    completions: ({ asked, items }) => this.#composer.completions(asked, items),
    compose: ({ text }) => this.#composer.compose(text),
    tell: ({ text }) => this.#say(text),
  };

  standing({ cluster, says, suggestions }: Standing): void {
    const { words } = this.#desk;
    const focused = this.#standing.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset['key']
      : undefined;
    this.#cluster.replaceChildren(element('bdi', {}, cluster));
    this.#standing.replaceChildren(
      paragraph(says, this.#desk),
      element(
        'ul',
        { class: 'suggestions', 'aria-label': words.suggestions },
        ...suggestions.map((span) => element('li', {}, ...lineNodes([span], this.#desk))),
      ),
    );
    if (focused !== undefined) {
      [...this.#standing.querySelectorAll<HTMLElement>('[data-key]')]
        .find((one) => one.dataset['key'] === focused)
        ?.focus();
    }
  }

  conversation(title: string, turns: readonly TurnView[]): void {
    this.#turns.clear();
    this.#running.clear();
    this.#log.replaceChildren();
    this.tellTitle(title);
    for (const turn of turns) this.#turn(turn);
    this.#work();
  }

  tellTitle(title: string): void {
    this.#title.textContent = title === '' ? this.#desk.words.jamie : title;
    this.#title.title = title;
    // The editor's own title of the view says "Jamie" already.
    this.#title.classList.toggle('unseen', title === '');
    this.#cluster.hidden = title !== '';
  }

  focus(): void {
    this.#composer.focus();
  }

  get draft(): string {
    return this.#composer.text;
  }

  set draft(text: string) {
    if (text !== '') this.#composer.compose(text);
  }

  #turn(view: TurnView): void {
    const turn = new TurnElement(view, this.#desk);
    this.#turns.set(view.id, turn);
    this.#log.append(turn.root);
    if (view.how === 'running') this.#running.add(view.id);
    this.#work();
    this.#kept.show(turn.root);
  }

  #part(id: number, part: Part, after: string | undefined): void {
    const along = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < near;
    const turn = this.#turns.get(id);
    turn?.put(part, after);
    // What a press did is seen where it was pressed.
    const acts = turn?.pressed(part.id);
    if (acts !== undefined) showWithin(this.#log, acts);
    if (part.kind === 'says' && part.tone !== 'quiet' && part.tone !== 'plain') {
      this.#say(part.lines.map((line) => line.map(({ text }) => text).join('')).join(' '));
    }
    if (along && this.#running.has(id)) this.#followEnd(id);
  }

  /** The question stays in sight: it is followed no further than to its top. */
  #followEnd(id: number): void {
    if (this.#following) return;
    this.#following = true;
    requestAnimationFrame(() => {
      this.#following = false;
      const turn = this.#turns.get(id)?.root;
      if (turn !== undefined) this.#kept.show(turn);
    });
  }

  #end(id: number, how: TurnView['how'], says: string): void {
    this.#turns.get(id)?.end(how);
    this.#running.delete(id);
    this.#work();
    this.#say(says);
  }

  #forget(id: number): void {
    this.#turns.get(id)?.root.remove();
    this.#turns.delete(id);
    this.#running.delete(id);
    this.#work();
  }

  #work(): void {
    this.#composer.working(this.#running.size > 0);
    this.#standing.hidden = this.#turns.size > 0;
  }

  #say(text: string): void {
    this.#said.textContent = text;
  }
}
