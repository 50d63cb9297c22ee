import { expect, it } from 'vitest';
import type { ClusterReader, LogRequest } from '@autodevops/domain/ports/cluster';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { ann, appOf } from '../../testing/agent-app.ts';
import { lookingUpHandlers } from './looking-up.ts';

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-1', namespace: 'shop', uid: 'u-1', creationTimestamp: '2026-01-01T11:30:00Z' },
  spec: { containers: [{ name: 'app', env: [{ name: 'DB_HOST', value: 'db' }] }] },
  status: { phase: 'Running', containerStatuses: [{ name: 'app', state: { running: {} } }] },
};
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'db', namespace: 'shop', uid: 'u-2', creationTimestamp: '2026-01-01T11:30:00Z' },
  spec: { selector: { app: 'db' } },
};
const text = `starting\n\npassword=hunter2hunter2\n\u001b[31mred\u001b[0m ${'x'.repeat(3000)}\n`;

function answering(): {
  readonly get: (path: string) => Promise<{ readonly status: number; readonly body: unknown }>;
  readonly asked: LogRequest[];
} {
  const asked: LogRequest[] = [];
  const reader: ClusterReader = {
    source: 'test',
    snapshot: async () => await Promise.resolve(new Snapshot(partsFrom([pod, service], '2026-01-01T12:00:00Z'))),
    logs: async (requests) => {
      asked.push(...requests);
      return await Promise.resolve(
        requests.map(({ namespace, pod: name, container, previous }) => ({
          namespace,
          pod: name,
          container,
          previous,
          text,
          truncated: false,
        })),
      );
    },
    close: async () => await Promise.resolve(),
  };
  const { app } = appOf(lookingUpHandlers(reader), {
    identify: async () => await Promise.resolve({ actor: { ...ann, roles: ['viewer'] } }),
  });
  return {
    asked,
    get: async (path) => {
      const response = await app.request(`http://localhost${path}`);
      return { status: response.status, body: await response.json() };
    },
  };
}

it('what changed is told newest first, with how many are left out', async () => {
  const { get } = answering();
  expect((await get('/v1/recent-changes?limit=1')).body).toMatchObject({
    changes: [{ object: { kind: 'Service', name: 'db' }, what: 'created' }],
    left: 0,
  });
  expect((await get('/v1/recent-changes?seconds=60')).body).toMatchObject({ changes: [] });
  expect((await get('/v1/recent-changes?seconds=0')).status).toBe(400);
});

it('a graph has its edges, the state of what they lead to, and a drawing', async () => {
  const { body } = await answering().get('/v1/graph?kind=pod&name=web-1&side=uses');
  expect(body).toMatchObject({
    edges: [{ verb: 'calls', to: { name: 'db' } }],
    left: 0,
    mermaid: expect.stringContaining('flowchart'),
  });
  expect(body).toMatchObject({
    objects: expect.arrayContaining([{ object: expect.objectContaining({ name: 'db' }), state: 'selects no pod' }]),
  });
});

it('logs are bounded, without secrets and without what a terminal would obey', async () => {
  const { get, asked } = answering();
  const { body } = await get('/v1/logs?kind=pod&name=web-1&namespace=shop&lines=20');
  expect(asked).toMatchObject([{ pod: 'web-1', container: 'app', tailLines: 20, previous: false }]);
  const {
    logs: [log],
  } = body as { logs: { lines: string[]; cut: boolean }[] };
  expect(log?.lines).toHaveLength(3);
  expect(log?.lines.join('\n')).not.toMatch(/hunter2|\u001b/);
  expect(log?.lines[2]?.length).toBeLessThanOrEqual(2000);
  expect(log?.cut).toBe(false);
});

it('what is not there, or is no kind, is refused in words', async () => {
  const { get } = answering();
  expect(await get('/v1/logs?kind=pod&name=web-2')).toMatchObject({ status: 404, body: expect.objectContaining({}) });
  expect(JSON.stringify((await get('/v1/graph?kind=thing&name=x')).body)).toContain('is not a kind that I know');
});

it('a code has its page, and an unknown word what may have been meant', async () => {
  const { get } = answering();
  expect((await get('/v1/meanings/pod.image.not-found')).body).toMatchObject({
    entry: { title: expect.any(String), nextSteps: expect.any(Array) },
  });
  expect((await get('/v1/meanings/pod.image.not-fuond')).body).toMatchObject({
    says: '',
    near: expect.arrayContaining(['pod.image.not-found']),
  });
});
