import { attachDiagnosis } from '@autodevops/agent-core/incidents/attach-diagnosis';
import type { DiagnoseAlerts } from '@autodevops/agent-core/incidents/attach-diagnosis';
import type { HeartbeatRules } from '@autodevops/agent-core/incidents/heartbeat';
import { createTurns } from '@autodevops/agent-core/incidents/incident-desk';
import type { IncidentDesk } from '@autodevops/agent-core/incidents/incident-desk';
import { ongoingIncidents } from '@autodevops/agent-core/incidents/incident-journal';
import type { Sightings, WatchRules } from '@autodevops/agent-core/incidents/lasting-causes';
import { wantsAnotherLook } from '@autodevops/agent-core/incidents/unexplained';
import { watchCauses } from '@autodevops/agent-core/incidents/watch-causes';
import { watchHeartbeat } from '@autodevops/agent-core/incidents/watch-heartbeat';
import { diagnose } from '@autodevops/agent-core/jamie';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import type { Store } from '@autodevops/domain/ports/store';
import { startEscalating } from './escalating.ts';
import type { EscalationChoice } from './escalating.ts';
import { clusterAlone } from './cluster-alone.ts';
import type { IncidentService } from './incidents.ts';

export interface IncidentChoice {
  readonly heartbeat: HeartbeatRules;
  /** Undefined: nobody watches, incidents are opened by alerts and by people. */
  readonly watch: WatchRules | undefined;
  readonly rules: IncidentDesk['rules'];
  /** How documents of any sender are read, by its name. */
  readonly mappings: IncidentService['mappings'];
  readonly escalation: EscalationChoice;
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

/** What the cluster says at once; then once more with what its monitoring says, which may take seconds. */
async function attachTwice(id: string, reader: ClusterReader, signal: AbortSignal, desk: IncidentDesk): Promise<void> {
  await attachDiagnosis(id, diagnosing(clusterAlone(reader)), signal, desk);
  if (reader.signals !== undefined) await attachDiagnosis(id, diagnosing(reader), signal, desk);
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
      await attachTwice(id, reader, AbortSignal.any([signal, AbortSignal.timeout(longestLook)]), desk)
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

/** Jamie looks at incidents that she could not look at before, and once more at those that nothing explained. */
async function lookAgain({ store, clock }: RespondingChoice, { soon }: Diagnosing): Promise<void> {
  for (const incident of await ongoingIncidents(store.incidents)) if (wantsAnotherLook(incident, clock.now())) soon(incident.id);
}

/** Looks now and then: at causes that last, at the heartbeat, at incidents without a cause. */
async function watchOn(choice: RespondingChoice, desk: IncidentDesk, diagnosis: Diagnosing, ending: AbortSignal): Promise<void> {
  let sightings: Sightings = new Map();
  // What a process left that died over it waits no longer.
  await lookAgain(choice, diagnosis).catch(() => undefined);
  while (!ending.aborted) {
    await choice.clock.wait(beat, ending).catch(() => undefined);
    if (ending.aborted) return;
    const signal = AbortSignal.any([ending, AbortSignal.timeout(longestLook)]);
    try {
      const silent = await watchHeartbeat(choice.heartbeat, choice.jamie, signal, desk);
      if (silent !== undefined) choice.log('the heartbeat of monitoring stays away', { id: silent });
      if (choice.watch !== undefined) {
        const watched = await watchCauses(await diagnose(clusterAlone(choice.reader), {}, { signal }), sightings, choice.watch, signal, desk);
        ({ sightings } = watched);
        for (const id of watched.opened) choice.log('a cause that lasts is an incident', { id });
      }
      await lookAgain(choice, diagnosis);
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
  const escalations = startEscalating({ ...choice.escalation, desk, people: choice.store.people, log: choice.log });
  const watch = watchOn(choice, desk, diagnosis, ending.signal);
  return {
    desk, people: choice.store.people, heartbeat: choice.heartbeat, mappings: choice.mappings, onCall: escalations.onCall,
    diagnoseSoon: diagnosis.soon,
    close: async () => {
      ending.abort();
      await Promise.all([watch, diagnosis.ended(), escalations.close()]);
    },
  };
}
