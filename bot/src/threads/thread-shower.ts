import { finalStates } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ErrorCode } from '@autodevops/domain/errors';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { Shown, StirredAgain } from '../following/following.ts';
import type { Belonging } from './belonging.ts';
import { showChange } from './show-change.ts';
import type { KnownIncidents } from './show-change.ts';
import { showIncident } from './show-incident.ts';
import type { ThreadDesk } from './thread-desk.ts';
import { changeNoteName, threadNoteName } from './thread-note.ts';

const gone: readonly ErrorCode[] = ['incident.not-found', 'change.not-found'];
/** So many incidents are known by what belongs to them. */
const mostKnown = 2000;
/** As many as the agent lists at once. */
const mostAsked = 500;

/** Shows one customer's incidents and changes, and finds out which change is of which incident, whichever is told first. */
export class ThreadShower {
  readonly #desk: ThreadDesk;
  readonly #incidents = new Map<string, Belonging>();
  /** Of those, which have a thread. */
  readonly #threads = new Set<string>();
  /** Changes without a card that may belong to an incident that is not known yet. */
  readonly #waiting = new Set<string>();
  #cluster = '';

  constructor(desk: ThreadDesk) {
    this.#desk = desk;
  }

  /** Without `stirredAgain` nobody tells, and what is waited for is waited for to its end. */
  async show(
    subject: string,
    signal: AbortSignal,
    stirredAgain: StirredAgain = async (milliseconds) => await this.#desk.clock.wait(milliseconds, signal),
  ): Promise<Shown> {
    if (this.#cluster === '') this.#cluster = (await this.#desk.agent.cluster({}, { signal })).name;
    try {
      return subject.startsWith('inc-')
        ? await this.#showIncident(subject, signal, stirredAgain)
        : await this.#showChange(subject, signal);
    } catch (error) {
      if (!(error instanceof AutoDevOpsError) || !gone.includes(error.code)) throw error;
      await this.#leave(subject);
      return { updatedAt: '', also: [] };
    }
  }

  /** What the agent knows nothing of, since its store is another one, is looked at no more; what was said of it stays. */
  async #leave(subject: string): Promise<void> {
    const {
      store: { notes },
      customer,
    } = this.#desk;
    await notes.remove(customer, subject.startsWith('inc-') ? threadNoteName(subject) : changeNoteName(subject));
    this.#waiting.delete(subject);
  }

  async #showIncident(id: string, signal: AbortSignal, stirredAgain: StirredAgain): Promise<Shown> {
    const { incident, shown } = await showIncident(
      id,
      { cluster: this.#cluster, desk: this.#desk, stirredAgain },
      signal,
    );
    return incident === undefined ? shown : { ...shown, also: this.#newsOf(incident) };
  }

  /** Which changes are to be looked at because the incident has a thread now, or more belongs to it. */
  #newsOf(incident: Incident): readonly string[] {
    const { id, links, causesSeen } = incident;
    const before = this.#threads.has(id) ? this.#incidents.get(id) : undefined;
    this.#threads.add(id);
    this.#remember(incident);
    if (
      before !== undefined &&
      before.links.length === links.length &&
      before.causesSeen.length === causesSeen.length
    ) {
      return [];
    }
    const linked = links.map(({ target }) => target).filter((target) => /^chg-[a-z0-9]{6,32}$/.test(target));
    return [...new Set([...linked, ...this.#waiting])];
  }

  #remember({ id, state, openedAt, causesSeen, links }: Incident): void {
    this.#incidents.delete(id);
    this.#incidents.set(id, { id, state, openedAt, causesSeen, links });
    for (const oldest of this.#incidents.keys()) {
      if (this.#incidents.size <= mostKnown) break;
      this.#incidents.delete(oldest);
      this.#threads.delete(oldest);
    }
  }

  /** After a restart nothing is known yet of incidents that nothing happened to since. */
  async #knowOngoing(signal: AbortSignal): Promise<void> {
    const { agent } = this.#desk;
    const { incidents } = await agent.incidents({ query: { ongoing: 'true', limit: mostAsked } }, { signal });
    for (const { id } of incidents) {
      if (!this.#incidents.has(id)) this.#remember(await agent.incident({ params: { id } }, { signal }));
    }
  }

  async #showChange(id: string, signal: AbortSignal): Promise<Shown> {
    const known = (isComplete: boolean): KnownIncidents => ({
      cluster: this.#cluster,
      incidents: [...this.#incidents.values()],
      isComplete,
    });
    let seen = await showChange(id, known(false), this.#desk, signal);
    if (!seen.hasCard && seen.change.state === 'waiting') {
      await this.#knowOngoing(signal);
      seen = await showChange(id, known(true), this.#desk, signal);
    }
    const { change, hasCard, shown } = seen;
    if (hasCard || finalStates.includes(change.state)) this.#waiting.delete(id);
    else this.#waiting.add(id);
    return shown;
  }
}
