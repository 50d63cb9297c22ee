import { createHash } from 'node:crypto';
import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentAlert } from '@autodevops/domain/incident/incident-event';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import type { AlertGroup } from '../notices/alert-group.ts';
import { createTurns } from '../incident-desk.ts';
import type { IncidentDesk } from '../incident-desk.ts';
import { presentIncidents } from '../incident-journal.ts';
import { alertReceiver } from '../notices/receive-alerts.ts';
import type { ReceiveAlerts } from '../notices/receive-alerts.ts';
import { alertmanager, begin, firingAlert, jamie } from './incident-events.ts';

const { signal } = new AbortController();
const minute = 60_000;

export interface Scene {
  readonly desk: IncidentDesk;
  readonly store: ReturnType<typeof createMemoryStore>;
  /** Another process on the same store. */
  readonly other: IncidentDesk;
  /** Lets minutes pass. */
  readonly pass: (minutes: number) => void;
  /** Gives the id of the incident that a notice is part of; empty when of none. */
  readonly tell: (group: AlertGroup, desk?: IncidentDesk) => Promise<string>;
  /** The newest first. */
  readonly all: () => Promise<readonly Incident[]>;
}

/** Incidents over a store in memory and a clock that stands still until it is moved. */
export function incidentScene(): Scene {
  let now = Date.parse(begin);
  const store = createMemoryStore({ now: () => now });
  let ids = 0;
  const deskOf = (holder: string): IncidentDesk => ({
    store,
    holder,
    jamie,
    inTurn: createTurns(),
    clock: { now: () => now, wait: async () => await Promise.resolve() },
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    newId: () => `inc-${String((ids += 1)).padStart(12, '0')}`,
    rules: { returnsWithin: 24 * 60 * minute, storm: { alerts: 20, within: 2 * minute } },
  });
  const [desk, other] = [deskOf('one'), deskOf('two')];
  const receivers = new Map<IncidentDesk, ReceiveAlerts>([desk, other].map((one) => [one, alertReceiver(one, signal)]));
  return {
    desk,
    other,
    store,
    pass: (minutes) => {
      now += minutes * minute;
    },
    tell: async (group, by = desk) => (await receivers.get(by)?.({ group, actor: alertmanager }))?.incident?.id ?? '',
    all: async () => await presentIncidents(store.incidents),
  };
}

export function group(groupKey: string, alerts: readonly IncidentAlert[] = [firingAlert(groupKey)]): AlertGroup {
  return { groupKey, title: groupKey, severity: 'sev3', alerts, left: 0, heartbeat: undefined };
}

export function ended(groupKey: string, time = begin): AlertGroup {
  return group(groupKey, [firingAlert(groupKey, { state: 'resolved', startsAt: time })]);
}

export function causeOf(name: string, changes: Partial<Cause> = {}): Cause {
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name, uid: '' };
  return {
    rank: 1,
    code: 'pod.image.not-found',
    title: 'Image not found',
    severity: 'critical',
    confidence: 'high',
    object,
    cause: `The tag of ${name} is not there.`,
    since: '',
    began: '',
    impact: '',
    evidence: [],
    symptoms: [],
    nextSteps: [],
    avoid: [],
    changes: [],
    ...changes,
  };
}

export function diagnosisOf(causes: readonly Cause[], changes: Partial<Diagnosis> = {}): Diagnosis {
  return {
    schemaVersion: 1,
    verdict: causes.length > 0 ? 'problem' : 'healthy',
    summary: 'A summary.',
    observed: {
      cluster: '',
      capturedAt: begin,
      source: '',
      serverVersion: '',
      namespaces: [],
      objects: {},
      logs: 0,
      milliseconds: 0,
    },
    blindSpots: [],
    causes: [...causes],
    information: [],
    suppressed: [],
    ...changes,
  };
}
