import { attachDiagnosis } from '@autodevops/agent-core/incidents/diagnosing/attach-diagnosis';
import type { DiagnoseAlerts } from '@autodevops/agent-core/incidents/diagnosing/attach-diagnosis';
import type { HeartbeatRules } from '@autodevops/agent-core/incidents/heartbeat/heartbeat';
import { createTurns } from '@autodevops/agent-core/incidents/incident-desk';
import type { IncidentDesk } from '@autodevops/agent-core/incidents/incident-desk';
import { ongoingIncidents } from '@autodevops/agent-core/incidents/incident-journal';
import type { FixRules } from '@autodevops/agent-core/incidents/fixing/fixes-wanted';
import type { Sightings, WatchRules } from '@autodevops/agent-core/incidents/diagnosing/lasting-causes';
import { seekFixes } from '@autodevops/agent-core/incidents/fixing/seek-fix';
import type { FixDesk } from '@autodevops/agent-core/incidents/fixing/seek-fix';
import { alertReceiver } from '@autodevops/agent-core/incidents/notices/receive-alerts';
import { mayLackFix, wantsAnotherLook } from '@autodevops/agent-core/incidents/diagnosing/unexplained';
import { watchCauses } from '@autodevops/agent-core/incidents/diagnosing/watch-causes';
import { watchHeartbeat } from '@autodevops/agent-core/incidents/heartbeat/watch-heartbeat';
import { diagnose } from '@autodevops/agent-core/jamie';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { Paging } from '@autodevops/domain/ports/paging';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import type { Store } from '@autodevops/domain/ports/store';
import { startEscalating } from './escalating.ts';
import type { EscalationChoice } from './escalating.ts';
import { clusterAlone } from '../cluster/cluster-alone.ts';
import { diagnosingSoon } from './diagnosing-soon.ts';
import type { DiagnosingChoice, DiagnosingSoon } from './diagnosing-soon.ts';
import type { IncidentService } from './incident-service.ts';
import { lookAgainOnNews } from './looking-again.ts';
import type { ClusterNews } from './looking-again.ts';
import { startPaging } from './paging.ts';

export interface IncidentChoice {
  readonly heartbeat: HeartbeatRules;
  /** Undefined: nobody watches, incidents are opened by alerts and by people. */
  readonly watch: WatchRules | undefined;
  /** Absent: nothing is proposed for an incident unless somebody asks. */
  readonly fixes?: FixRules;
  readonly rules: IncidentDesk['rules'];
  /** How documents of any sender are read, by its name. */
  readonly mappings: IncidentService['mappings'];
  readonly escalation: EscalationChoice;
  /** What pages people, and is told what they did here; absent: nobody is told. */
  readonly paging?: Paging;
}

export interface RespondingChoice extends IncidentChoice, Omit<IncidentDesk, 'inTurn'> {
  readonly store: Store;
  readonly reader: ClusterReader;
  readonly news: ClusterNews;
  /** By whom, and how, what would help is proposed. */
  readonly fixing: Pick<FixDesk, 'scarlet' | 'rehearse' | 'propose'>;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/** In milliseconds: between two looks, and what one may take. */
const beat = 30_000;
const longestLook = 60_000;

/** A diagnosis to which the given alerts are symptoms, whatever else the cluster's monitoring says. */
function diagnosing(reader: ClusterReader): DiagnoseAlerts {
  return async (alerts, signal) => {
    const seen: ClusterReader = {
      ...reader,
      snapshot: async (request, options) => (await reader.snapshot(request, options)).withAlerts(alerts),
    };
    return await diagnose(seen, {}, { signal });
  };
}

/** What was seen last, for who wants to do something about it. */
interface Seen {
  readonly id: string;
  readonly diagnosis: Diagnosis;
}

/** `isExplained`: something in it says why. */
type Looked = Seen & { readonly isExplained: boolean };

async function attached(
  id: string,
  reader: ClusterReader,
  signal: AbortSignal,
  desk: IncidentDesk,
): Promise<Looked | undefined> {
  const look = diagnosing(reader);
  let diagnosis: Diagnosis | undefined;
  const { id: standing, causes } = await attachDiagnosis(
    id,
    async (alerts, until) => (diagnosis = await look(alerts, until)),
    signal,
    desk,
  );
  return diagnosis === undefined ? undefined : { id: standing, diagnosis, isExplained: causes.length > 0 };
}

async function seekFixesFor(
  { id, diagnosis }: Seen,
  signal: AbortSignal,
  { fixes, fixing, store, digest, clock, log }: RespondingChoice,
): Promise<void> {
  if (fixes === undefined) return;
  for (const change of await seekFixes(id, diagnosis, signal, { ...fixing, store, digest, clock, rules: fixes })) {
    log('a fix was proposed for an incident', { id, change });
  }
}

/** What the cluster says at once; then once more with what its monitoring says, which may take seconds; then what would help is sought. */
function looks(
  choice: RespondingChoice,
  desk: IncidentDesk,
): Pick<DiagnosingChoice<Looked | undefined>, 'look' | 'explains' | 'lookFurther'> {
  const { reader } = choice;
  return {
    look: async (id, signal) => await attached(id, clusterAlone(reader), signal, desk),
    explains: (seen) => seen?.isExplained === true,
    lookFurther: async (id, first, signal) => {
      const seen = reader.signals === undefined ? first : await attached(id, reader, signal, desk);
      if (seen !== undefined) await seekFixesFor(seen, signal, choice);
    },
  };
}

/** Ids of those that go on and of which this is so. */
async function ongoingThat(
  wants: (incident: Incident, now: number) => boolean,
  { store, clock }: RespondingChoice,
): Promise<readonly string[]> {
  return (await ongoingIncidents(store.incidents))
    .filter((incident) => wants(incident, clock.now()))
    .map(({ id }) => id);
}

/** Jamie looks at incidents that she could not look at before, and once more at those that nothing explained. */
async function lookAgain(choice: RespondingChoice, { soon }: DiagnosingSoon, wants = wantsAnotherLook): Promise<void> {
  for (const id of await ongoingThat(wants, choice)) soon(id);
}

/** What nothing explains is glanced at when the cluster changes: a probe has to fail for a while, a rollout to make no progress. */
async function glanceOnNews(choice: RespondingChoice, { glance }: DiagnosingSoon, ending: AbortSignal): Promise<void> {
  await lookAgainOnNews(
    {
      news: choice.news,
      clock: choice.clock,
      glance,
      wanting: async () => await ongoingThat(wantsAnotherLook, choice),
      failed: (error) =>
        choice.log('incidents could not be looked at again', {
          says: error instanceof Error ? error.message : String(error),
        }),
    },
    ending,
  );
}

/** Looks now and then: at causes that last, at the heartbeat, and for what monitoring knows of incidents without a cause. */
async function watchOn(
  choice: RespondingChoice,
  desk: IncidentDesk,
  diagnosis: DiagnosingSoon,
  ending: AbortSignal,
): Promise<void> {
  let sightings: Sightings = new Map();
  // What a process left that died over it waits no longer.
  await lookAgain(
    choice,
    diagnosis,
    (incident, now) => wantsAnotherLook(incident, now) || (choice.fixes !== undefined && mayLackFix(incident, now)),
  ).catch(() => undefined);
  while (!ending.aborted) {
    await choice.clock.wait(beat, ending).catch(() => undefined);
    if (ending.aborted) return;
    const signal = AbortSignal.any([ending, AbortSignal.timeout(longestLook)]);
    try {
      const silent = await watchHeartbeat(choice.heartbeat, choice.jamie, signal, desk);
      if (silent !== undefined) choice.log('the heartbeat of monitoring stays away', { id: silent });
      if (choice.watch !== undefined) {
        const seen = await diagnose(clusterAlone(choice.reader), {}, { signal });
        const watched = await watchCauses(seen, sightings, choice.watch, signal, desk);
        ({ sightings } = watched);
        for (const id of watched.opened) choice.log('a cause that lasts is an incident', { id });
        for (const id of watched.opened) await seekFixesFor({ id, diagnosis: seen }, signal, choice);
      }
      await lookAgain(choice, diagnosis);
    } catch (error) {
      if (!ending.aborted) {
        choice.log('incidents could not be looked after', {
          says: error instanceof Error ? error.message : String(error),
        });
      }
    }
  }
}

/** What opens, joins and resolves incidents while the agent runs. Ends when it is closed. */
export function startIncidents(choice: RespondingChoice): IncidentService & { readonly close: () => Promise<void> } {
  const ending = new AbortController();
  const desk: IncidentDesk = { ...choice, inTurn: createTurns() };
  const diagnosis = diagnosingSoon(
    {
      ...looks(choice, desk),
      clock: choice.clock,
      failed: (id, error) =>
        choice.log('an incident could not be diagnosed', {
          id,
          says: error instanceof Error ? error.message : String(error),
        }),
    },
    ending.signal,
  );
  const escalations = startEscalating({ ...choice.escalation, desk, people: choice.store.people, log: choice.log });
  const paging =
    choice.paging === undefined ? undefined : startPaging({ paging: choice.paging, desk, log: choice.log });
  const watch = watchOn(choice, desk, diagnosis, ending.signal);
  const glances = glanceOnNews(choice, diagnosis, ending.signal);
  return {
    desk,
    receive: alertReceiver(desk, ending.signal),
    people: choice.store.people,
    heartbeat: choice.heartbeat,
    mappings: choice.mappings,
    onCall: escalations.onCall,
    diagnoseSoon: diagnosis.soon,
    close: async () => {
      ending.abort();
      await Promise.all([watch, glances, diagnosis.ended(), escalations.close(), paging?.close()]);
    },
  };
}
