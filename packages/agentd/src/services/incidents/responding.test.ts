import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { readIncident } from '@autodevops/agent-core/incidents/incident-journal';
import type { Actor } from '@autodevops/domain/change/actor';
import type { IncidentAlert } from '@autodevops/domain/incident/incident-event';
import type { Incident } from '@autodevops/domain/incident/incident';
import { service } from '@autodevops/domain/kubernetes/network';
import { pod } from '@autodevops/domain/kubernetes/pod';
import { Snapshot } from '@autodevops/domain/snapshot';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { actorOfSource } from '../../identity/alert-source.ts';
import { startIncidents } from './responding.ts';

const began = '2026-01-01T00:00:00.000Z';
const jamie: Actor = { kind: 'agent', account: 'jamie:local', person: '', name: 'Jamie', roles: [], surface: 'agent' };
const alert: IncidentAlert = {
  fingerprint: 'f',
  name: 'ShopDown',
  state: 'firing',
  severity: 'sev2',
  startsAt: began,
  endsAt: '',
  summary: 'Nobody answers',
  labels: { namespace: 'shop', service: 'web' },
};

function snapshot(isSick: boolean): Snapshot {
  const services = [
    service.read({
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { app: isSick ? 'wbe' : 'web' }, ports: [{ port: 80, targetPort: 80 }] },
    }),
  ];
  const pods = [
    pod.read({
      metadata: { name: 'web-1', namespace: 'shop', labels: { app: 'web' } },
      spec: { containers: [{ name: 'app', image: 'web:1' }] },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
    }),
  ];
  return new Snapshot({
    capturedAt: began,
    objects: { Service: services, Pod: pods, EndpointSlice: [], Node: [], Namespace: [] },
  });
}

interface Scene {
  /** Gives the incident's id. */
  readonly tell: () => Promise<string>;
  /** The cluster breaks, and tells of it. */
  readonly breaks: () => void;
  readonly until: (id: string, has: (incident: Incident) => boolean) => Promise<Incident>;
}

/** Rests of seconds are over at once; half minutes never are. */
function scene(): Scene {
  let [isSick, version, wake] = [false, 0, (): void => undefined];
  const store = createMemoryStore();
  const incidents = startIncidents({
    store,
    jamie,
    holder: 'one',
    newId: () => 'inc-000000000001',
    digest: (text) => text,
    clock: {
      now: () => Date.parse(began),
      wait: async (milliseconds, signal) => {
        if (milliseconds < 30_000 || signal.aborted) return await turn();
        await new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      },
    },
    reader: { source: 'dev', snapshot: async () => snapshot(isSick), logs: async () => [], close: async () => {} },
    news: {
      version: () => version,
      changed: async (beyond, signal) => {
        if (version > beyond || signal.aborted) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      },
    },
    heartbeat: { alert: 'Watchdog', silence: 1000 },
    watch: undefined,
    mappings: new Map(),
    rules: { returnsWithin: 3_600_000, storm: { alerts: 20, within: 1 } },
    escalation: { schedules: [], names: {}, policies: [], rhythm: {} },
    fixing: {
      scarlet: jamie,
      rehearse: async () => await Promise.reject(new Error('nothing is rehearsed here')),
      propose: async () => await Promise.reject(new Error('nothing is proposed here')),
    },
    log: () => {},
  });
  onTestFinished(async () => await incidents.close());
  return {
    tell: async () => {
      const group = {
        groupKey: 'shop',
        title: 'ShopDown',
        severity: 'sev2',
        alerts: [alert],
        left: 0,
        heartbeat: undefined,
      } as const;
      const { incident } = await incidents.receive({
        group,
        actor: actorOfSource({ source: 'alertmanager', name: 'Alertmanager' }),
      });
      incidents.diagnoseSoon(incident?.id ?? '');
      return incident?.id ?? '';
    },
    breaks: () => {
      isSick = true;
      version += 1;
      wake();
    },
    until: async (id, has) => {
      for (;;) {
        const incident = await readIncident(store.incidents, id);
        if (has(incident)) return incident;
        await turn();
      }
    },
  };
}

it('a cause that shows itself after its alert is told when the cluster tells of it', async () => {
  const { tell, breaks, until } = scene();
  const id = await tell();
  const unexplained = await until(id, ({ summary }) => summary !== '');
  expect(unexplained.causes).toEqual([]);
  breaks();
  const { causes } = await until(id, (incident) => incident.causes.length > 0);
  expect(causes[0]).toMatchObject({ object: { kind: 'Service', name: 'web' } });
});
