import { attachDiagnosis } from '@autodevops/agent-core/incidents/attach-diagnosis';
import type { DiagnoseAlerts } from '@autodevops/agent-core/incidents/attach-diagnosis';
import type { HeartbeatRules } from '@autodevops/agent-core/incidents/heartbeat';
import { createTurns } from '@autodevops/agent-core/incidents/incident-desk';
import type { IncidentDesk } from '@autodevops/agent-core/incidents/incident-desk';
import { ongoingIncidents } from '@autodevops/agent-core/incidents/incident-journal';
import type { Sightings, WatchRules } from '@autodevops/agent-core/incidents/lasting-causes';
import { watchCauses } from '@autodevops/agent-core/incidents/watch-causes';
import { watchHeartbeat } from '@autodevops/agent-core/incidents/watch-heartbeat';
import { diagnose } from '@autodevops/agent-core/jamie';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import type { Store } from '@autodevops/domain/ports/store';
import type { IncidentService } from './incidents.ts';

export interface IncidentChoice {
  readonly heartbeat: HeartbeatRules;
  /** Undefined: nobody watches, incidents are opened by alerts and by people. */
  readonly watch: WatchRules | undefined;
  readonly rules: IncidentDesk['rules'];
}

export interface RespondingChoice extends IncidentChoice, Omit<IncidentDesk, 'inTurn'> {
  readonly store: Store;
  readonly reader: ClusterReader;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/** In milliseconds: between two looks, and what one may take. */
const beat = 30_000;
const longestLook = 60_000;

/** A diagnosis to which the given alerts are symptoms, whatever else the cluster's monitoring says. */
function diagnosing(reader: ClusterReader): DiagnoseAlerts {
  return async (alerts, signal) => {
    const seen: ClusterReader = { ...reader, snapshot: async (request, options) => (await reader.snapshot(request, options)).withAlerts(alerts) };
    return await diagnose(seen, {}, { signal });
  };
}

interface Diagnosing {
  readonly soon: (id: string) => void;
  readonly ended: () => Promise<unknown>;
}

/** One look at a time for each incident; what comes meanwhile is a reason for one more. */
function diagnosingSoon({ reader, log }: RespondingChoice, desk: IncidentDesk, signal: AbortSignal): Diagnosing {
  const again = new Set<string>();
  const working = new Map<string, Promise<void>>();
  const look = async (id: string): Promise<void> => {
    do {
      again.delete(id);
      await attachDiagnosis(id, diagnosing(reader), AbortSignal.any([signal, AbortSignal.timeout(longestLook)]), desk)
        .catch((error: unknown) => { if (!signal.aborted) log('an incident could not be diagnosed', { id, says: error instanceof Error ? error.message : String(error) }); });
    } while (again.has(id) && !signal.aborted);
  };
  return {
    soon: (id) => {
      if (signal.aborted) return;
      if (working.has(id)) again.add(id);
      else working.set(id, look(id).finally(() => working.delete(id)));
    },
    ended: async () => await Promise.all(working.values()),
  };
}

/** Looks now and then: at causes that last, at the heartbeat, at incidents that nobody could look at before. */
async function watchOn(choice: RespondingChoice, desk: IncidentDesk, { soon }: Diagnosing, ending: AbortSignal): Promise<void> {
  let sightings: Sightings = new Map();
  while (!ending.aborted) {
    await choice.clock.wait(beat, ending).catch(() => undefined);
    if (ending.aborted) return;
    const signal = AbortSignal.any([ending, AbortSignal.timeout(longestLook)]);
    try {
      const silent = await watchHeartbeat(choice.heartbeat, choice.jamie, signal, desk);
      if (silent !== undefined) choice.log('the heartbeat of monitoring stays away', { id: silent });
      if (choice.watch !== undefined) {
        const watched = await watchCauses(await diagnose(choice.reader, {}, { signal }), sightings, choice.watch, signal, desk);
        ({ sightings } = watched);
        for (const id of watched.opened) choice.log('a cause that lasts is an incident', { id });
      }
      for (const { id, summary, origin } of await ongoingIncidents(choice.store.incidents)) if (summary === '' && origin !== 'heartbeat' && origin !== 'watch') soon(id);
    } catch (error) {
      if (!ending.aborted) choice.log('incidents could not be looked after', { says: error instanceof Error ? error.message : String(error) });
    }
  }
}

/** What opens, joins and resolves incidents while the agent runs. Ends when it is closed. */
export function startIncidents(choice: RespondingChoice): IncidentService & { readonly close: () => Promise<void> } {
  const ending = new AbortController();
  const desk: IncidentDesk = { ...choice, inTurn: createTurns() };
  const diagnosis = diagnosingSoon(choice, desk, ending.signal);
  const watch = watchOn(choice, desk, diagnosis, ending.signal);
  return {
    desk, people: choice.store.people, heartbeat: choice.heartbeat, diagnoseSoon: diagnosis.soon,
    close: async () => {
      ending.abort();
      await Promise.all([watch, diagnosis.ended()]);
    },
  };
}
