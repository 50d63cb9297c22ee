import { AutoDevOpsError } from '@autodevops/domain/errors';
import { printable } from '@autodevops/domain/printable';
import type { CommandId } from '../contributions/commands.ts';
import { failureText } from '../language/failure-text.ts';
import { t } from '../language/translate.ts';
import type { Subject } from '../tree/subject.ts';
import type { WindowParts } from '../window-parts.ts';
import { CausePages } from './answering/cause-pages.ts';
import type { AnswerNeeds } from './answering/needs.ts';
import { answerQuestion } from './answering/answer-question.ts';
import type { Surroundings } from './asking/surroundings.ts';
import { CardDesk } from './cards/card-desk.ts';
import { completionsFor } from './completions/complete.ts';
import { Conversations } from './conversations/conversations.ts';
import { rememberedTurns } from './conversations/remembered-turns.ts';
import { Dialogue } from './conversations/dialogue.ts';
import { turnText } from './conversations/turn-text.ts';
import { followLink } from './links/follow-link.ts';
import { LinkBook } from './links/link-book.ts';
import { pageWords } from './page-words.ts';
import { ToHost } from './protocol/to-host.ts';
import type { ToPage } from './protocol/to-page.ts';
import { standingOf } from './suggestions.ts';

/** What the page asks for takes no longer than this, but for changes that are followed. */
const longest = 300_000;

type Heard<K extends ToHost['type']> = Extract<ToHost, { readonly type: K }>;

export interface ChatHostParts {
  readonly window: WindowParts;
  readonly surroundings: Surroundings;
  /** Carries out a command, and tells by itself what goes wrong. */
  readonly run: (command: CommandId, subject?: Subject) => Promise<void>;
}

/** The host's side of the sidebar chat: hears the page, answers, and keeps what was said for a page that is shown again. */
export class ChatHost {
  readonly #parts: ChatHostParts;
  readonly #life = new AbortController();
  readonly #links = new LinkBook();
  readonly #pages = new CausePages();
  readonly #cards: CardDesk;
  readonly #conversations: Conversations;
  readonly #dialogue: Dialogue;
  readonly #ends: readonly (() => void)[];
  #post: ((message: ToPage) => void) | undefined;
  #running: { readonly turn: number; readonly stop: AbortController } | undefined;
  #restored = false;

  constructor(parts: ChatHostParts) {
    this.#parts = parts;
    const { window, run } = parts;
    this.#dialogue = new Dialogue((message) => this.#post?.(message));
    this.#cards = new CardDesk({
      window,
      filesWith: parts.surroundings.filesWith,
      links: this.#links,
      run,
      life: this.#life.signal,
      show: (turn, part) => this.#dialogue.put(turn, part),
    });
    this.#conversations = new Conversations(window);
    const tell = (): void => this.#post?.({ type: 'standing', standing: standingOf(window, this.#links) });
    this.#ends = [
      window.problems.state.subscribe(tell),
      window.clusters.state.subscribe(tell),
      window.agent.state.subscribe(tell),
      window.local.state.subscribe(tell),
      window.folderConfigs.state.subscribe(tell),
      window.clusters.state.subscribe(() => this.#move()),
      window.folderConfigs.state.subscribe(() => this.#move()),
    ];
  }

  /** Speaks to a page from now on. Gives what ends that. */
  attach(post: (message: ToPage) => void): () => void {
    this.#post = post;
    return () => {
      if (this.#post === post) this.#post = undefined;
    };
  }

  /** What the page says, hostile until parsed. What is not of the protocol is passed over. */
  async hear(message: unknown): Promise<void> {
    const { data } = ToHost.safeParse(message);
    if (data === undefined) {
      return this.#parts.window.log.warn('the page of the chat said something that is not of the protocol');
    }
    try {
      await (this.#ears[data.type] as (heard: ToHost, signal: AbortSignal) => Promise<void> | void)(
        data,
        AbortSignal.any([this.#life.signal, AbortSignal.timeout(longest)]),
      );
    } catch (error) {
      if (!this.#life.signal.aborted) await this.#tellFailure(error);
    }
  }

  /** Asks as if the person had written it. */
  async ask(text: string): Promise<void> {
    this.stop();
    const turn = this.#dialogue.begin(printable(text));
    const stop = new AbortController();
    this.#running = { turn, stop };
    const signal = AbortSignal.any([stop.signal, this.#life.signal, AbortSignal.timeout(longest)]);
    try {
      for await (const step of answerQuestion(this.#needs(turn), text, signal)) {
        signal.throwIfAborted();
        if ('put' in step) this.#dialogue.put(turn, step.put);
        else this.#dialogue.drop(turn, step.drop);
      }
      this.#dialogue.end(turn, 'done', t('Answered'));
    } catch (error) {
      this.#endBadly(turn, stop.signal, error);
    } finally {
      if (this.#running?.turn === turn) this.#running = undefined;
    }
    await this.#tellTitle();
  }

  /** Puts a text where the person writes, for them to go on. */
  compose(text: string): void {
    this.#post?.({ type: 'compose', text });
  }

  stop(): void {
    this.#running?.stop.abort();
    this.#running = undefined;
  }

  dispose(): void {
    this.#life.abort();
    for (const end of this.#ends) end();
  }

  readonly #ears: { readonly [K in ToHost['type']]: (heard: Heard<K>, signal: AbortSignal) => Promise<void> | void } = {
    ready: (_heard, signal) => this.#welcome(signal),
    ask: ({ text }) => this.ask(text),
    stop: () => this.stop(),
    retry: ({ turn }) => this.#retry(turn),
    edit: ({ turn }) => this.compose(this.#dialogue.turn(turn)?.question ?? ''),
    copy: ({ turn }) => this.#copy(turn),
    follow: async ({ link }) => {
      await followLink(
        {
          documents: this.#parts.window.documents,
          run: this.#parts.run,
          ask: async (question) => {
            await this.ask(question);
          },
        },
        this.#links.target(link),
      );
    },
    more: ({ turn, part }) => this.#more(turn, part),
    press: async ({ turn, part, button }, signal) => {
      await this.#cards.press({ turn, id: part }, button, signal);
    },
    begin: () => this.#begin(),
    history: async ({ words }, signal) => {
      await this.#list(words, signal);
    },
    open: async ({ conversation }, signal) => {
      await this.#open(conversation, signal);
    },
    rename: async ({ conversation }, signal) => {
      if (await this.#conversations.rename(conversation, signal)) await this.#list('', signal);
      this.#dialogue.tellTitle(this.#conversations.title);
    },
    remove: async ({ conversation }, signal) => {
      if (!(await this.#conversations.remove(conversation, signal))) return;
      if (this.#conversations.isCurrent(conversation)) await this.#begin();
      await this.#list('', signal);
    },
    export: async ({ conversation }, signal) => {
      await this.#conversations.export(conversation, signal);
    },
    complete: async ({ asked, mark, text }) => {
      const items = await completionsFor(mark, text, {
        surroundings: this.#parts.surroundings,
        problems: this.#parts.window.problems.state.value,
      });
      this.#post?.({ type: 'completions', asked, items: [...items] });
    },
  };

  #needs(turn: number): AnswerNeeds {
    const { window, surroundings } = this.#parts;
    const problems = window.problems.state;
    return {
      window,
      links: this.#links,
      pages: this.#pages,
      cards: this.#cards,
      turn,
      conversation: async (client, signal) => await this.#conversations.currentId(client, signal),
      about: {
        surroundings,
        folder: window.folder,
        diagnosis: () => ('diagnosis' in problems.value ? problems.value.diagnosis : undefined),
        namespace: () => window.clusters.state.value.chosen?.namespace || 'default',
      },
    };
  }

  async #welcome(signal: AbortSignal): Promise<void> {
    this.#post?.({
      type: 'welcome',
      words: pageWords(),
      standing: standingOf(this.#parts.window, this.#links),
      title: this.#conversations.title,
      turns: [...this.#dialogue.turns],
    });
    if (this.#restored) return;
    this.#restored = true;
    await this.#restore(signal);
  }

  /** Another cluster: what was said is of the one before, and what was said of this one comes back. */
  #move(): void {
    if (!this.#conversations.moved()) return;
    this.#leave();
    this.#dialogue.show('', []);
    if (this.#restored) void this.#restore(AbortSignal.any([this.#life.signal, AbortSignal.timeout(longest)]));
  }

  async #restore(signal: AbortSignal): Promise<void> {
    const last = this.#conversations.lastId();
    // One that is gone, or of an agent that does not answer now, is in the history or nowhere: nobody asked for it.
    if (last !== undefined && this.#dialogue.turns.length === 0) await this.#open(last, signal).catch(() => undefined);
  }

  async #open(id: string, signal: AbortSignal): Promise<void> {
    const { turns } = await this.#conversations.open(id, signal);
    this.#leave();
    this.#dialogue.show(
      this.#conversations.title,
      rememberedTurns(turns, this.#links, (iso) => iso.slice(0, 16).replace('T', ' ')),
    );
  }

  async #begin(): Promise<void> {
    this.#leave();
    await this.#conversations.leave();
    this.#dialogue.show('', []);
  }

  #leave(): void {
    this.stop();
    this.#cards.forget();
    this.#pages.forget();
  }

  async #list(words: string, signal: AbortSignal): Promise<void> {
    const conversations = [...(await this.#conversations.list(words, signal))];
    this.#post?.({
      type: 'history',
      conversations,
      says: conversations.length === 1 ? t('1 conversation') : t('{0} conversations', conversations.length),
    });
  }

  async #retry(id: number): Promise<void> {
    const turn = this.#dialogue.turn(id);
    if (turn === undefined) return;
    if (this.#running?.turn === id) this.stop();
    this.#dialogue.forget(id);
    await this.ask(turn.question);
  }

  async #copy(id: number): Promise<void> {
    const turn = this.#dialogue.turn(id);
    if (turn === undefined) return;
    await this.#parts.window.people.copy(turnText(turn));
    this.#post?.({ type: 'tell', text: t('Copied') });
  }

  #more(turn: number, after: string): void {
    const part = this.#pages.next(turn, after, this.#links);
    if (part !== undefined) this.#dialogue.putMore(turn, after, part);
  }

  #endBadly(turn: number, stopped: AbortSignal, error: unknown): void {
    if (stopped.aborted || this.#life.signal.aborted) return this.#dialogue.end(turn, 'stopped', t('Stopped'));
    const foreseen = error instanceof AutoDevOpsError;
    this.#parts.window.log.error(
      foreseen
        ? `chat: ${error.code}: ${error.message}`
        : `chat: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    const says = foreseen
      ? failureText(error)
      : t('Something went wrong that nobody foresaw. The log of the extension says more.');
    this.#dialogue.put(turn, { id: 'failure', kind: 'says', tone: 'failure', lines: [[{ text: says }]] });
    this.#dialogue.end(turn, 'failed', t('It failed'));
  }

  async #tellTitle(): Promise<void> {
    // The title is an ornament: that it cannot be read now is nothing to be told.
    await this.#conversations
      .refresh(AbortSignal.any([this.#life.signal, AbortSignal.timeout(10_000)]))
      .catch(() => undefined);
    this.#dialogue.tellTitle(this.#conversations.title);
  }

  async #tellFailure(error: unknown): Promise<void> {
    const { people, log } = this.#parts.window;
    if (error instanceof AutoDevOpsError && error.code === 'interrupted') return;
    const foreseen = error instanceof AutoDevOpsError;
    log.error(
      foreseen
        ? `chat: ${error.code}: ${error.message}`
        : `chat: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    await people.tell(
      'error',
      foreseen
        ? failureText(error)
        : t('Something went wrong that nobody foresaw. The log of the extension says more.'),
    );
  }
}
