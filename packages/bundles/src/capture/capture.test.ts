import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { customObject } from '@autodevops/domain/kubernetes/cluster';
import { kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import { Snapshot } from '@autodevops/domain/snapshot';
import type { ContainerLog, ObjectsByKind, SnapshotParts } from '@autodevops/domain/snapshot';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBundle } from '../bundle-reader.ts';
import { fixture, openWhole, unstopped } from '../open-for-test.ts';
import { captureBundle } from './capture.ts';
import type { CaptureOptions } from './capture.ts';
import { rawCustom, rawObject } from './raw-object.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'capture-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let outputs = 0;
function place(name = 'bundle.tar.gz'): string {
  const at = join(folder, String(++outputs));
  mkdirSync(at);
  return join(at, name);
}

function readerOf(parts: SnapshotParts, logs: readonly ContainerLog[] = []): ClusterReader {
  return {
    source: 'test',
    snapshot: () => Promise.resolve(new Snapshot(parts)),
    logs: (requests) =>
      Promise.resolve(
        logs.filter((log) =>
          requests.some((r) => r.pod === log.pod && r.container === log.container && r.previous === log.previous),
        ),
      ),
    close: () => Promise.resolve(),
  };
}

const words = [
  'metadata',
  'spec',
  'status',
  'name',
  'namespace',
  'uid',
  'labels',
  'annotations',
  'managers',
  'manager',
  'time',
  'ownerReferences',
  'kind',
  'containers',
  'env',
  'value',
  'valueFrom',
  'configMapKeyRef',
  'key',
  'emptyDir',
  'volumes',
  'template',
  'conditions',
  'type',
  'message',
  'data',
  'binaryData',
  'keys',
  'certificate',
  'notAfter',
  'names',
  'involvedObject',
  'regarding',
  'series',
  'count',
  'firstTimestamp',
  'lastTimestamp',
  'source',
  'component',
  'host',
  'reportingComponent',
  'selector',
  'matchLabels',
  'affinity',
  'podAntiAffinity',
  'rules',
  'http',
  'paths',
  'backend',
  'service',
  'port',
  'number',
  'resources',
  'limits',
  'cpu',
  'jobTemplate',
  'webhooks',
  'clientConfig',
  'livenessProbe',
  'httpGet',
  'items',
  'list',
];
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom('', 'a', 'web-1', '2026-03-02T09:00:00Z', 'x y'),
    fc.integer({ min: -5, max: 70_000 }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...words), tie('tree'), { maxKeys: 5 }),
  ),
}));
const raw = fc.record(
  {
    metadata: fc.dictionary(fc.constantFrom(...words), tree),
    spec: tree,
    status: tree,
    data: tree,
    type: tree,
    message: tree,
  },
  { requiredKeys: [] },
);

function named(object: object, name: string, namespace: string): object {
  const held = object as { metadata: object };
  return { ...held, metadata: { ...held.metadata, name, namespace, uid: `uid-${name}` } };
}

describe('a captured object', () => {
  it.each(kindNames)('of kind %s is read to the same again', (kind) => {
    fc.assert(
      fc.property(raw, (given) => {
        const object = kinds[kind].shape.read(given) as object;
        const again = kinds[kind].shape.read(JSON.parse(JSON.stringify(rawObject(kind, object))) as unknown);
        expect(again).toEqual(object);
      }),
      { numRuns: 60 },
    );
  });

  it('of any other kind is read to the same again', () => {
    fc.assert(
      fc.property(raw, (given) => {
        const object = customObject.read({ apiVersion: 'a/v1', kind: 'B', ...given });
        expect(customObject.read(JSON.parse(JSON.stringify(rawCustom(object))))).toEqual(object);
      }),
    );
  });
});

describe('a capture', () => {
  it.each(['bundle.tar.gz', 'bundle.tgz', 'bundle'])('to %s and back is the same snapshot', async (name) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...kindNames), raw, fc.constantFrom('shop', 'data')), { maxLength: 12 }),
        async (given) => {
          const objects: Partial<Record<KindName, object[]>> = { Pod: [], Secret: [] };
          for (const [index, [kind, value, namespace]] of given.entries()) {
            const object = named(
              kinds[kind].shape.read(value) as object,
              `o-${index}`,
              kinds[kind].namespaced ? namespace : '',
            );
            (objects[kind] ??= []).push(
              kinds[kind].shape.read(JSON.parse(JSON.stringify(rawObject(kind, object)))) as object,
            );
          }
          const parts: SnapshotParts = {
            cluster: 'live',
            capturedAt: '2026-03-02T09:35:00.000Z',
            objects: objects as ObjectsByKind,
            coverage: { Secret: 'partial', Node: 'full' },
            serverVersion: 'v1.33.2',
            servedVersions: ['v1', 'apps/v1'],
            blindSpots: [{ what: 'Leases', why: 'Forbidden.', remedy: 'Allow it.' }],
            alerts: [
              {
                labels: { alertname: 'A' },
                annotations: {},
                startsAt: '2026-03-02T09:00:00Z',
                endsAt: '',
                status: { state: 'active' },
              },
            ],
            series: [
              {
                query: 'up{a="b"}',
                labels: { a: 'b' },
                points: [
                  [1, 2],
                  [2, Number.NaN],
                ],
              },
            ],
          };
          const output = place(name);
          await captureBundle(readerOf(parts), { output, ...unstopped() });
          const { snapshot } = await openWhole(output);
          const live = new Snapshot(parts);
          for (const kind of kindNames) {
            const byName = (a: { metadata: { name: string } }, b: { metadata: { name: string } }): number =>
              a.metadata.name.localeCompare(b.metadata.name);
            expect([...snapshot.list(kind)].toSorted(byName)).toEqual([...live.list(kind)].toSorted(byName));
            expect(`${kind} ${snapshot.coverage(kind, 'shop')}`).toBe(`${kind} ${live.coverage(kind, 'shop')}`);
          }
          expect(snapshot.parts).toMatchObject({
            cluster: 'live',
            capturedAt: parts.capturedAt,
            serverVersion: 'v1.33.2',
            servedVersions: ['v1', 'apps/v1'],
            alerts: parts.alerts,
            series: parts.series,
          });
          expect(snapshot.blindSpots[0]?.what).toBe('Leases');
        },
      ),
      { numRuns: 15 },
    );
  });

  it('of a bundle is that bundle again, with its logs', async () => {
    const reader = await openBundle(fixture('own'));
    const output = place();
    const seen: string[] = [];
    const result = await captureBundle(reader, { output, ...unstopped(), onProgress: ({ step }) => seen.push(step) });
    expect(result).toMatchObject({ objects: 8, counts: { Pod: 2, Node: 2 }, logs: 2, logsLeftOut: 0 });
    expect(new Set(seen)).toEqual(new Set(['recording objects', 'recording logs']));
    const { snapshot, log } = await openWhole(output);
    expect(snapshot.list('Pod')).toEqual((await openWhole(fixture('own'))).snapshot.list('Pod'));
    expect((await log('shop/web-7d9f-abcde/web'))?.text).toContain('ECONNREFUSED');
    expect((await log('shop/web-7d9f-abcde/web/previous'))?.text).toBe('previous failure\n');
  });

  it('holds nothing that looks like a credential', async () => {
    const pod = kinds.Pod.shape.read({
      metadata: {
        name: 'p',
        namespace: 'shop',
        annotations: { 'example.com/token': 'hunter2-annotation', note: 'password=hunter2-note' },
      },
      spec: {
        containers: [
          {
            name: 'c',
            image: 'registry.example.com/token:1.2',
            args: ['--password', 'hunter2-arg', '--db-password=hunter2-inline', '--port', '80'],
            env: [
              { name: 'DB_PASSWORD', value: 'hunter2 with spaces' },
              { name: 'URL', value: 'postgres://u:hunter2-url@db:5432/x' },
              { name: 'API_KEY', value: '$(OTHER)' },
              { name: 'HOST', value: 'db' },
            ],
          },
        ],
      },
      status: {
        containerStatuses: [
          { name: 'c', restartCount: 1, state: { waiting: { reason: 'X', message: 'token: hunter2-message' } } },
        ],
      },
    });
    const objects: ObjectsByKind = {
      Pod: [pod],
      ConfigMap: [
        kinds.ConfigMap.shape.read({
          metadata: { name: 'm', namespace: 'shop' },
          data: { 'app.yaml': 'db:\n  password: hunter2-map\n', token: 'hunter2-key', colour: 'blue' },
        }),
      ],
      Secret: [
        kinds.Secret.shape.read({
          metadata: { name: 's', namespace: 'shop' },
          type: 'Opaque',
          data: { a: 'aHVudGVyMg==' },
        }),
      ],
      Event: [
        kinds.Event.shape.read({
          metadata: { name: 'e', namespace: 'shop' },
          message: 'failed: password=hunter2-event',
        }),
      ],
    };
    const custom = [
      customObject.read({
        apiVersion: 'a/v1',
        kind: 'Database',
        metadata: { name: 'd', namespace: 'shop' },
        spec: { connection: { password: 'hunter2-custom' }, replicas: 2 },
        status: {},
      }),
    ];
    const log: ContainerLog = {
      namespace: 'shop',
      pod: 'p',
      container: 'c',
      previous: false,
      text: 'connecting with password=hunter2-log\nready\n',
      truncated: false,
    };
    const output = place('folder');
    await captureBundle(readerOf({ capturedAt: '2026-03-02T09:35:00Z', objects, custom }, [log]), {
      output,
      ...unstopped(),
    });
    const all = (readdirSync(output, { recursive: true }) as string[])
      .filter((path) => statSync(join(output, path)).isFile())
      .map((path) => readFileSync(join(output, path), 'utf8'))
      .join('\n');
    expect(all).not.toMatch(/hunter2|aHVudGVyMg/);
    expect(all).toContain('ready');
    const { snapshot } = await openWhole(output);
    const [container] = snapshot.get('Pod', 'shop', 'p')?.spec.containers ?? [];
    expect(container?.image).toBe('registry.example.com/token:1.2');
    expect(container?.args).toEqual(['--password', '[redacted]', '--db-password=[redacted]', '--port', '80']);
    expect(container?.env.map(({ value }) => value)).toEqual([
      '[redacted]',
      'postgres://u:[redacted]@db:5432/x',
      '$(OTHER)',
      'db',
    ]);
    expect(snapshot.get('ConfigMap', 'shop', 'm')?.data['colour']).toBe('blue');
    expect(snapshot.get('Secret', 'shop', 's')?.keys).toEqual(['a']);
    expect(statSync(join(output, 'bundle.json')).mode % 0o1000).toBe(process.platform === 'win32' ? 0o666 : 0o600);
  });

  it('splits what is many, and takes the logs of the unwell first', async () => {
    const status = (restarts: number): object => ({
      containerStatuses: [
        { name: 'c', ready: true, restartCount: restarts, state: { running: { startedAt: '2026-03-02T09:00:00Z' } } },
      ],
    });
    const pods = Array.from({ length: 1201 }, (_, n) =>
      kinds.Pod.shape.read({ metadata: { name: `p-${n}`, namespace: 'shop' }, status: status(n === 1200 ? 3 : 0) }),
    );
    const logs = pods.flatMap(({ metadata }) =>
      [false, true].map((previous) => ({
        namespace: 'shop',
        pod: metadata.name,
        container: 'c',
        previous,
        text: 'x\n',
        truncated: false,
      })),
    );
    const output = place();
    const result = await captureBundle(readerOf({ capturedAt: '2026-03-02T09:35:00Z', objects: { Pod: pods } }, logs), {
      output,
      mostLogs: 10,
      ...unstopped(),
    });
    expect(result).toMatchObject({ objects: 1201, logs: 10, logsLeftOut: 1192 });
    const { snapshot, log } = await openWhole(output);
    expect(snapshot.list('Pod')).toHaveLength(1201);
    expect(await log('shop/p-1200/c/previous')).toBeDefined();
    expect(gunzipSync(readFileSync(output)).toString('latin1')).toContain('bundle/objects/pods/0003.json');
  });
});

it.each(['bundle', 'bundle.tar.gz'])(
  'a capture into %s writes no log beside it, whatever pods and containers are called',
  async (name) => {
    const status = (container: string): object => ({
      containerStatuses: [
        { name: container, ready: true, restartCount: 0, state: { running: { startedAt: '2026-03-02T09:00:00Z' } } },
      ],
    });
    const named: readonly (readonly [string, string, string])[] = [
      ['shop', '../../../out', 'c'],
      ['..', 'p', 'c'],
      ['shop', 'p', '../../../../out'],
      ['shop', 'a\\b', 'c'],
      ['shop', 'honest', 'c'],
    ];
    const pods = named.map(([namespace, pod, container]) =>
      kinds.Pod.shape.read({ metadata: { name: pod, namespace }, status: status(container) }),
    );
    const logs = named.map(([namespace, pod, container]) => ({
      namespace,
      pod,
      container,
      previous: false,
      text: 'x\n',
      truncated: false,
    }));
    const output = place(name);
    expect(
      await captureBundle(readerOf({ capturedAt: '2026-03-02T09:35:00Z', objects: { Pod: pods } }, logs), {
        output,
        ...unstopped(),
      }),
    ).toMatchObject({ objects: 5, logs: 1 });
    expect(readdirSync(join(output, '..'))).toEqual([name]);
  },
);

describe('the output of a capture', () => {
  const parts: SnapshotParts = { capturedAt: '2026-03-02T09:35:00Z', objects: { Pod: [] } };
  const capture = (more: Partial<CaptureOptions> & { output: string }): Promise<unknown> =>
    captureBundle(readerOf(parts), { ...unstopped(), ...more });

  it.each(['bundle.tar.gz', 'bundle'])('%s is not overwritten without force, and replaced with it', async (name) => {
    const output = place(name);
    await capture({ output });
    await expect(capture({ output })).rejects.toMatchObject({
      code: 'usage',
      message: `There already is something at ${output}.`,
    });
    await capture({ output, force: true });
    expect(readdirSync(join(output, '..'))).toEqual([name]);
  });

  it('never replaces a folder that is no bundle', async () => {
    const output = place('work');
    mkdirSync(output);
    writeFileSync(join(output, 'thesis.txt'), 'years');
    await expect(capture({ output, force: true })).rejects.toMatchObject({ code: 'usage' });
    expect(existsSync(join(output, 'thesis.txt'))).toBe(true);
  });

  it.each(['bundle.tar.gz', 'bundle'])('%s is not there at all when the capture fails', async (name) => {
    const output = place(name);
    const failing: ClusterReader = {
      ...readerOf({
        ...parts,
        objects: {
          Pod: [
            kinds.Pod.shape.read({
              metadata: { name: 'p', namespace: 'shop' },
              status: { containerStatuses: [{ name: 'c', state: { running: {} } }] },
            }),
          ],
        },
      }),
      logs: () => Promise.reject(new Error('the connection was lost')),
    };
    await expect(captureBundle(failing, { output, ...unstopped() })).rejects.toThrow('the connection was lost');
    expect(readdirSync(join(output, '..'))).toEqual([]);
  });
});
