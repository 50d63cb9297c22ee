import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { readEvents, readList } from '../read-replay.ts';
import { startReplayServer } from '../replay-server.ts';
import type { ReplayOptions, ReplayServer } from '../replay-server.ts';
import { smallRecording } from '../small-recording.ts';

let server: ReplayServer;

async function start(options: ReplayOptions = {}): Promise<string> {
  server = await startReplayServer(smallRecording, options);
  return `${server.url}/api/v1/pods?watch=1&timeoutSeconds=1`;
}

afterEach(() => server.close());

function changedPod(name: string, labels: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop', labels }, spec: {} };
}

it('begins with what exists when no version is given', async () => {
  const events = await readEvents(`${await start()}&allowWatchBookmarks=true`);
  expect(events.map((event) => `${event.type} ${event.object.metadata.name ?? ''}`)).toEqual([
    'ADDED db-0',
    'ADDED web-1',
    'ADDED web-2',
    'BOOKMARK ',
  ]);
  expect(events.at(-1)?.object).toMatchObject({
    kind: 'Pod',
    metadata: { resourceVersion: '40', annotations: { 'k8s.io/initial-events-end': 'true' } },
  });
});

it('tells changes after a version, those of before the watch and those during it', async () => {
  const url = await start();
  const from = (await readList(`${server.url}/api/v1/pods`)).metadata.resourceVersion;
  server.apply({ type: 'ADDED', object: changedPod('new', {}) });
  server.apply({
    type: 'ADDED',
    object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'shop' } },
  });
  const events = readEvents(`${url}&resourceVersion=${from}`);
  await wait(300);
  server.apply({ type: 'MODIFIED', object: changedPod('new', { a: 'b' }) });
  server.apply({ type: 'DELETED', object: changedPod('new', { a: 'b' }) });
  server.apply({ type: 'DELETED', object: changedPod('never-was', {}) });
  expect((await events).map((event) => [event.type, event.object.kind, event.object.metadata.resourceVersion])).toEqual(
    [
      ['ADDED', 'Pod', '41'],
      ['MODIFIED', 'Pod', '43'],
      ['DELETED', 'Pod', '44'],
    ],
  );
});

it('tells a watcher with a selector that an object came into sight or went out of it', async () => {
  const url = await start();
  server.apply({ type: 'MODIFIED', object: changedPod('web-1', { app: 'other' }) });
  server.apply({ type: 'MODIFIED', object: changedPod('web-1', { app: 'web' }) });
  const events = await readEvents(`${url}&resourceVersion=40&labelSelector=app%3Dweb`);
  expect(events.map((event) => event.type)).toEqual(['DELETED', 'ADDED']);
  expect(events[0]?.object.metadata).toMatchObject({ resourceVersion: '41', labels: { app: 'web' } });
});

it('says in the stream that a start is too old', async () => {
  const url = await start({ watchWindow: 1 });
  expect(await readEvents(`${url}&resourceVersion=39`)).toMatchObject([
    {
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version: 39 (40)' },
    },
  ]);
  server.apply({ type: 'ADDED', object: changedPod('a', {}) });
  server.apply({ type: 'ADDED', object: changedPod('b', {}) });
  expect(await readEvents(`${url}&resourceVersion=40`)).toMatchObject([
    { type: 'ERROR', object: { message: 'too old resource version: 40 (41)' } },
  ]);
  expect(await readEvents(`${url}&resourceVersion=41`)).toMatchObject([
    { type: 'ADDED', object: { metadata: { name: 'b' } } },
  ]);
});

it('sends bookmarks, and waits for versions that are to come', async () => {
  const url = await start({ bookmarkIntervalMs: 300 });
  const events = await readEvents(`${url}&allowWatchBookmarks=1&resourceVersion=50`);
  expect(events.length).toBeGreaterThanOrEqual(2);
  expect(events.every((event) => event.type === 'BOOKMARK' && event.object.metadata.resourceVersion === '50')).toBe(
    true,
  );
});

it('serves a kind from the moment at which its first object comes', async () => {
  await start();
  server.apply({ type: 'ADDED', object: { apiVersion: 'new.example/v1', kind: 'Thing', metadata: { name: 't' } } });
  expect((await readList(`${server.url}/apis/new.example/v1/things`)).items).toHaveLength(1);
});
