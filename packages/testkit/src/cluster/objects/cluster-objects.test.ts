import { afterAll, beforeAll } from 'vitest';
import { openClusterObjects } from '@autodevops/kube/objects';
import { plainAccess } from '@autodevops/kube/plain-access';
import { startReplayServer } from '@autodevops/kube/replay';
import type { ReplayServer } from '@autodevops/kube/replay';
import { stranger } from './objects-bench.ts';
import { clusterObjectsConformance } from './cluster-objects-conformance.ts';
import { fakeCluster } from '../fake-cluster.ts';
import type { FakeCluster } from '../fake-cluster.ts';

type Raw = Readonly<Record<string, unknown>>;
const allow = (_resource: string, _verb: string, _namespace: string | undefined, user: string): boolean =>
  user !== stranger;

let fake: FakeCluster;
let server: ReplayServer;
/** What was put into the server, to put it again with a status. */
const held = new Map<string, Raw>();

beforeAll(async () => {
  fake = fakeCluster([], { allow });
  server = await startReplayServer({ objects: [], logs: [], serverVersion: 'v1.36.3' }, { writable: true, allow });
});
afterAll(() => server.close());

clusterObjectsConformance('a cluster in memory', {
  open: async () => fake,
  put: async (object) => fake.put(object),
  setStatus: async (name, status) => {
    const there = fake
      .all()
      .find(
        ({ kind, metadata }) =>
          kind === name.kind && metadata.namespace === name.namespace && metadata.name === name.name,
      );
    fake.put({ ...there, status });
  },
  knowsFields: false,
});

clusterObjectsConformance('a replayed cluster behind the client', {
  open: () => openClusterObjects({ access: plainAccess('sample', server.url) }),
  put: async (object) => {
    const { kind, metadata } = object as { kind: string; metadata: { name: string } };
    const whole = { ...object, metadata: { uid: `uid-${kind}-${metadata.name}`, ...metadata } };
    held.set(`${kind} ${metadata.name}`, whole);
    server.apply({ type: 'ADDED', object: whole });
  },
  setStatus: async ({ kind, name }, status) =>
    server.apply({ type: 'MODIFIED', object: { ...held.get(`${kind} ${name}`), status } }),
  knowsFields: false,
});
