import { AutoDevOpsError } from '@autodevops/domain/errors';
import { Bell } from '../waiting/bell.ts';
import { openFollowBook } from './follow-book.ts';
import type { FollowBook } from './follow-book.ts';
import { begunAnew, noteAfter, stirredBy } from './follow-note.ts';
import type { FollowedEvent } from './follow-note.ts';
import type { Following, Shown } from './following.ts';
import { StirredQueue } from './stirred-queue.ts';
import type { Taken } from './stirred-queue.ts';

/** How many subjects of a customer are worked on at a time. */
const workers = 4;
/** In milliseconds: of one showing or one look; of one stream, since a line may be dead without anybody telling. */
const longestShow = 20_000;
const longestStream = 300_000;
/** What was opened so long before the last event may be known by no event. */
const margin = 60_000;

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The time in which one replica follows one customer. */
export class Tenure {
  readonly #choice: Following;
  readonly #book: FollowBook;
  readonly #queue: StirredQueue;
  readonly #arrived: FollowedEvent[] = [];
  readonly #settled: string[] = [];
  readonly #toKeep = new Bell();
  readonly #toShow = new Bell();
  readonly #seen = new Map<string, Shown>();
  /** Of what is being shown: rung when the agent tells of it again. */
  readonly #again = new Map<string, Bell>();
  #failingSince: number | undefined;

  private constructor(choice: Following, book: FollowBook) {
    this.#choice = choice;
    this.#book = book;
    this.#queue = new StirredQueue(choice.clock.now);
    for (const subject of book.note().stirred) this.#queue.stir(subject);
  }

  static async begin(choice: Following): Promise<Tenure> {
    const book = await openFollowBook(choice.store.notes, choice.customer);
    if (book.note().followedAt === '') {
      await book.change((note) => ({ ...note, followedAt: new Date(choice.clock.now()).toISOString() }));
    }
    return new Tenure(choice, book);
  }

  /** What goes on at the same time, until the signal aborts or one of them throws. */
  works(): readonly ((signal: AbortSignal) => Promise<void>)[] {
    return [
      async (signal) => await this.#follow(signal),
      async (signal) => await this.#keep(signal),
      async (signal) => await this.#sweepOn(signal),
      ...Array.from({ length: workers }, () => async (signal: AbortSignal) => await this.#showOn(signal)),
    ];
  }

  /** Reads the agent's events from the cursor on. */
  async #follow(signal: AbortSignal): Promise<void> {
    const { agent, clock, pace, log, customer } = this.#choice;
    for (let failures = 0; !signal.aborted;) {
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(longestStream)]);
      try {
        const { cursor } = this.#book.note();
        for await (const { event } of agent.events(cursor === '' ? {} : { after: cursor }, { signal: bounded })) {
          failures = 0;
          this.#arrived.push(event);
          this.#toKeep.ring();
          for (const subject of stirredBy([event])) this.#again.get(subject)?.ring();
        }
        throw new Error('the stream of events came to an end');
      } catch (error) {
        if (bounded.aborted) continue;
        if (error instanceof AutoDevOpsError && error.code === 'object.not-found') {
          await this.#beginAnew(signal).catch(() => undefined);
        } else log('the events of an agent cannot be followed', { customer, says: sentenceOf(error) });
        failures += 1;
        await clock.wait(pace.again * Math.min(30, 2 ** (failures - 1)), signal);
      }
    }
  }

  /** Events that were missed are gone: what stands is looked at instead. */
  async #beginAnew(signal: AbortSignal): Promise<void> {
    const { standing, log, customer } = this.#choice;
    const { followedAt } = this.#book.note();
    const lines = await standing(followedAt, AbortSignal.any([signal, AbortSignal.timeout(longestShow)]));
    await this.#book.change((note) =>
      begunAnew(
        note,
        lines.map(({ subject }) => subject),
      ),
    );
    log('events of an agent are gone: what stands is shown, and events are followed from now on', {
      customer,
      since: followedAt,
    });
    this.#stir(lines.map(({ subject }) => subject));
  }

  #stir(subjects: readonly string[]): void {
    for (const subject of subjects) this.#queue.stir(subject);
    if (subjects.length > 0) this.#toShow.ring();
  }

  /** Keeps what came and what was shown, as much as there is at a time. */
  async #keep(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const [events, settled] = [this.#arrived.splice(0), this.#settled.splice(0)];
      if (events.length > 0 || settled.length > 0) {
        await this.#book.change((note) => noteAfter(note, { events, settled }));
        this.#stir(stirredBy(events));
      } else await this.#toKeep.heard(1000, this.#choice.clock, signal);
    }
  }

  async #showOn(signal: AbortSignal): Promise<void> {
    const { clock } = this.#choice;
    while (!signal.aborted) {
      const [taken] = this.#queue.take(1);
      if (taken === undefined) {
        await this.#toShow.heard(Math.min(1000, Math.max(5, this.#queue.nextDue() - clock.now())), clock, signal);
      } else await this.#showOne(taken, signal);
    }
  }

  async #showOne(taken: Taken, signal: AbortSignal): Promise<void> {
    const { show, log, customer, clock } = this.#choice;
    const until = AbortSignal.any([signal, AbortSignal.timeout(longestShow)]);
    const again = new Bell();
    this.#again.set(taken.subject, again);
    try {
      const shown = await show(
        taken.subject,
        until,
        async (milliseconds) => await again.heard(milliseconds, clock, until),
      );
      this.#seen.set(taken.subject, shown);
      this.#stir(shown.also);
      if (!this.#queue.shown(taken)) return;
      this.#settled.push(taken.subject);
      this.#toKeep.ring();
    } catch (error) {
      this.#queue.failed(taken);
      if (!signal.aborted) {
        log('what happened cannot be shown yet', { customer, subject: taken.subject, says: sentenceOf(error) });
      }
    } finally {
      this.#again.delete(taken.subject);
    }
  }

  /** Looks now and then at what stands, for what no event told. */
  async #sweepOn(signal: AbortSignal): Promise<void> {
    const { clock, pace } = this.#choice;
    while (!signal.aborted) {
      await this.#sweep(signal);
      await this.#sayAway(signal);
      await clock.wait(pace.sweep, signal);
    }
  }

  async #sweep(signal: AbortSignal): Promise<void> {
    const { clock, standing, log, customer } = this.#choice;
    try {
      const since = new Date(Date.parse(this.#book.note().followedAt) - margin).toISOString();
      const lines = await standing(since, AbortSignal.any([signal, AbortSignal.timeout(longestShow)]));
      this.#failingSince = undefined;
      // What is looked at no more is remembered no more.
      const present = new Set(lines.map(({ subject }) => subject));
      for (const subject of this.#seen.keys()) if (!present.has(subject)) this.#seen.delete(subject);
      this.#stir(
        lines
          .filter(({ subject, updatedAt }) => this.#seen.get(subject)?.updatedAt !== updatedAt)
          .map(({ subject }) => subject),
      );
    } catch (error) {
      if (signal.aborted) return;
      this.#failingSince ??= clock.now();
      log('what stands cannot be looked at', { customer, says: sentenceOf(error) });
    }
  }

  /** Said once when it has lasted, and taken back in the same message when it is over. */
  async #sayAway(signal: AbortSignal): Promise<void> {
    const { clock, pace, sayAway } = this.#choice;
    if (signal.aborted) return;
    const { away, aways } = this.#book.note();
    if (this.#failingSince === undefined) {
      if (away === null) return;
      await sayAway({ ...away, until: new Date(clock.now()).toISOString() }, signal);
      await this.#book.change((note) => ({ ...note, away: null }));
      return;
    }
    if (away === null && clock.now() - this.#failingSince < pace.awayAfter) return;
    const present = away ?? { number: aways + 1, since: new Date(this.#failingSince).toISOString() };
    if (away === null) await this.#book.change((note) => ({ ...note, away: present, aways: present.number }));
    await sayAway({ ...present, until: '' }, signal);
  }
}
