import { escalate } from '@autodevops/agent-core/incidents/escalation/escalate';
import type { Escalating, FoundPeople } from '@autodevops/agent-core/incidents/escalation/escalate';
import { personCalled } from '@autodevops/agent-core/incidents/escalation/find-person';
import { askForUpdate } from '@autodevops/agent-core/incidents/escalation/update-due';
import type { IncidentDesk } from '@autodevops/agent-core/incidents/incident-desk';
import { ongoingIncidents } from '@autodevops/agent-core/incidents/incident-journal';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { EscalationPolicy, EscalationTarget, UpdateRhythm } from '@autodevops/domain/incident/escalation-policy';
import type { IncidentPerson } from '@autodevops/domain/incident/incident-event';
import type { OnCallSchedule } from '@autodevops/domain/ports/on-call';
import type { People } from '@autodevops/domain/ports/store';

/** Who is told, when, and by what it is known who is on call. */
export interface EscalationChoice {
  readonly schedules: readonly OnCallSchedule[];
  /** Whom a schedule means by a name. */
  readonly names: Readonly<Record<string, string>>;
  readonly policies: readonly EscalationPolicy[];
  readonly rhythm: UpdateRhythm;
}

export interface EscalatingParts extends EscalationChoice {
  readonly desk: IncidentDesk;
  readonly people: Pick<People, 'list'>;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

export interface Escalations {
  /** Who is on call now, by each schedule; `says`: why that is not known, empty otherwise. */
  readonly onCall: (
    signal: AbortSignal,
  ) => Promise<
    readonly { readonly schedule: string; readonly people: readonly IncidentPerson[]; readonly says: string }[]
  >;
  readonly close: () => Promise<void>;
}

/** In milliseconds: between two looks, and what one may take. Alerts of one cause are one incident by then. */
const beat = 5000;
const longestLook = 60_000;

async function whoIsOn(
  { schedules, names, people, desk }: EscalatingParts,
  name: string,
  signal: AbortSignal,
): Promise<readonly IncidentPerson[]> {
  const schedule = schedules.find((one) => one.name === name);
  if (schedule === undefined) {
    throw new AutoDevOpsError(
      'on-call.unknown',
      `There is no schedule ${name}.`,
      'Name it in incidents.onCall of the configuration.',
    );
  }
  const [called, known] = [await schedule.at(desk.clock.now(), { signal }), await people.list()];
  return called.map((who) => personCalled(who, known, names));
}

async function found(
  parts: EscalatingParts,
  targets: readonly EscalationTarget[],
  signal: AbortSignal,
): Promise<FoundPeople> {
  const people: IncidentPerson[] = [];
  const failures: string[] = [];
  for (const target of targets) {
    try {
      if ('schedule' in target) people.push(...(await whoIsOn(parts, target.schedule, signal)));
      else {
        people.push(personCalled('person' in target ? target.person : target.account, await parts.people.list(), {}));
      }
    } catch (error) {
      if (signal.aborted || !(error instanceof AutoDevOpsError) || error.code !== 'on-call.unknown') throw error;
      failures.push(error.message);
    }
  }
  return {
    people: [...new Map(people.map((one) => [`${one.person}\n${one.account}\n${one.name}`, one])).values()],
    failures,
  };
}

/** One look at everything that goes on. What fails for one incident holds up no other. */
async function lookAt(parts: EscalatingParts, signal: AbortSignal): Promise<void> {
  const { desk, policies, rhythm, log } = parts;
  const escalating: Escalating = { policies, find: async (targets, until) => await found(parts, targets, until) };
  for (const incident of await ongoingIncidents(desk.store.incidents)) {
    try {
      await escalate(incident.id, escalating, signal, desk);
      await askForUpdate(incident, rhythm, desk);
    } catch (error) {
      if (signal.aborted) throw error;
      log('an incident could not be escalated', {
        id: incident.id,
        says: error instanceof Error ? error.message : String(error),
      });
    }
  }
}

/** Tells whoever is on call of incidents that nobody takes up, and asks for updates, while the agent runs. */
export function startEscalating(parts: EscalatingParts): Escalations {
  const {
    desk: { clock },
    policies,
    rhythm,
    schedules,
    log,
  } = parts;
  const ending = new AbortController();
  const isWanted = policies.length > 0 || Object.keys(rhythm).length > 0;
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(longestLook)]);
      await lookAt(parts, signal).catch((error: unknown) => {
        if (!ending.signal.aborted) {
          log('incidents could not be escalated', { says: error instanceof Error ? error.message : String(error) });
        }
      });
      await clock.wait(beat, ending.signal).catch(() => undefined);
    }
  };
  const running = isWanted ? run() : Promise.resolve();
  return {
    onCall: async (signal) =>
      await Promise.all(
        schedules.map(
          async ({ name }) =>
            await whoIsOn(parts, name, signal).then(
              (people) => ({ schedule: name, people, says: '' }),
              (error: unknown) => {
                if (!(error instanceof AutoDevOpsError)) throw error;
                return { schedule: name, people: [], says: error.message };
              },
            ),
        ),
      ),
    close: async () => {
      ending.abort();
      await running;
    },
  };
}
