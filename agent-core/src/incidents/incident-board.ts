import type { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import { incidentAfter } from './incident-journal.ts';
import type { NewEvents } from './incident-journal.ts';

/**
 * Incidents as they stand in the store, and as what is decided makes them: what is decided of one notice is seen when the
 * next is looked at, and all of it is written together.
 */
export class IncidentBoard {
  readonly #before: ReadonlyMap<string, Incident>;
  readonly #known: Map<string, Incident>;
  readonly #opened = new Map<string, Incident>();
  readonly #decided = new Map<string, IncidentEvent[]>();

  /** `present`: the newest first. */
  constructor(present: readonly Incident[]) {
    this.#before = new Map(present.map((incident) => [incident.id, incident]));
    this.#known = new Map(this.#before);
  }

  /** The newest first. */
  all(): readonly Incident[] {
    return [...[...this.#opened.values()].toReversed(), ...this.#known.values()];
  }

  /** Throws for one that is not there. */
  at(id: string): Incident {
    const incident = this.#opened.get(id) ?? this.#known.get(id);
    if (incident === undefined) throw new TypeError('An incident was placed that is not there.');
    return incident;
  }

  /** Gives the incident as it is after them. Throws `incident.wrong-state`. */
  decide(id: string, events: readonly IncidentEvent[]): Incident {
    let incident = this.#opened.get(id) ?? this.#known.get(id);
    for (const event of events) incident = incidentAfter(id, incident, event);
    if (incident === undefined) throw new TypeError('Nothing was decided.');
    (this.#before.has(id) ? this.#known : this.#opened).set(id, incident);
    this.#decided.set(id, [...(this.#decided.get(id) ?? []), ...events]);
    return incident;
  }

  /** What is to be written. */
  decided(): readonly NewEvents[] {
    return [...this.#decided].map(([id, events]) => ({ id, before: this.#before.get(id), events }));
  }
}
