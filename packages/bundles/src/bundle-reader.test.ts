import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBundle } from './bundle-reader.ts';
import { fixture, openWhole, unstopped } from './open-for-test.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundles-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(folder, 'x-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const live = (kind: string, name: string, more: object = {}): object => ({
  apiVersion: 'v1',
  kind,
  metadata: {
    name,
    namespace: 'shop',
    uid: `uid-${name}`,
    resourceVersion: '7',
    creationTimestamp: '2026-03-02T09:00:00Z',
  },
  ...more,
});

describe('our own format', () => {
  it('is read with its time, name, logs, alerts and series', async () => {
    const { snapshot, log } = await openWhole(fixture('own'));
    expect(snapshot.parts).toMatchObject({
      cluster: 'shop-eu',
      capturedAt: '2026-03-02T09:35:00.000Z',
      blindSpots: [],
    });
    expect(snapshot.list('Pod').map(({ metadata }) => metadata.name)).toEqual(['web-7d9f-abcde', 'api-5c4b-fghij']);
    expect(snapshot.list('Node')).toHaveLength(2);
    expect(snapshot.get('Pod', 'shop', 'web-7d9f-abcde')?.metadata.managers[0]).toMatchObject({
      manager: 'kubelet',
      subresource: 'status',
    });
    expect((await log('shop/web-7d9f-abcde/web'))?.text).toContain('ECONNREFUSED');
    expect((await log('shop/web-7d9f-abcde/web/previous'))?.text).toBe('previous failure\n');
    expect(await log('shop/web-7d9f-abcde/other')).toBeUndefined();
    expect(snapshot.alerts[0]?.labels['alertname']).toBe('PodCrashLooping');
    expect(snapshot.series[0]).toEqual({
      query: 'cpu',
      labels: { namespace: 'shop', pod: 'web-7d9f-abcde' },
      points: [
        [1772443800, 0.1],
        [1772443860, Number.NaN],
        [1772443920, Number.NaN],
        [1772443980, 1.9],
      ],
    });
  });

  it('proves an absence for kinds that are there, in namespaces of which something is there', async () => {
    const { snapshot } = await openWhole(fixture('own'));
    expect(snapshot.lacks('Service', 'shop', 'db')).toBe(true);
    expect(snapshot.lacks('Service', 'no-such-namespace', 'db')).toBe(true);
    expect(snapshot.lacks('Service', 'empty', 'db')).toBe(false);
    expect(snapshot.lacks('ConfigMap', 'shop', 'settings')).toBe(false);
    expect(snapshot.coverage('ConfigMap')).toBe('none');
  });

  it('takes its word for the kinds that it lists, empty ones too', async () => {
    const path = write({
      'b/bundle.json':
        '{"version":1,"capturedAt":"2026-03-02T09:35:00Z","cluster":"c","kinds":["Pod","Secret","Event"],"namespaces":["shop"]}',
    });
    const { snapshot } = await openWhole(path);
    expect(snapshot.counts()).toEqual(
      new Map([
        ['Pod', 0],
        ['Secret', 0],
        ['Event', 0],
      ]),
    );
    expect(snapshot.lacks('Secret', 'shop', 'x')).toBe(true);
    expect(snapshot.lacks('Secret', 'other', 'x')).toBe(false);
    expect(snapshot.saw('ConfigMap')).toBe(false);
    expect(snapshot.blindSpots.map(({ what }) => what)).toEqual(['Nodes']);
  });

  it('of a later version is refused with a sentence', async () => {
    await expect(openBundle(write({ 'bundle.json': '{"version":2}' }))).rejects.toThrow(
      'The bundle is of format version 2, and this program reads up to version 1.',
    );
  });

  it('gives only what is asked for', async () => {
    const reader = await openBundle(fixture('own'));
    const snapshot = await reader.snapshot(
      { kinds: ['Pod', 'Node'], namespaces: ['other'], custom: false },
      unstopped(),
    );
    expect(snapshot.counts()).toEqual(
      new Map([
        ['Pod', 0],
        ['Node', 2],
      ]),
    );
    expect(snapshot.saw('Pod', 'shop')).toBe(false);
    expect(snapshot.coverage('Service')).toBe('none');
  });
});

describe('kubectl cluster-info dump', () => {
  it('as a folder is read, empty lists and logs of several containers too', async () => {
    const { snapshot, log } = await openWhole(fixture('cluster-info-dump'));
    expect(snapshot.parts).toMatchObject({ capturedAt: '2026-03-02T09:32:05.000Z', blindSpots: [] });
    expect(snapshot.list('Pod')).toHaveLength(2);
    expect(snapshot.lacks('Pod', 'default', 'x')).toBe(true);
    expect(snapshot.lacks('Deployment', 'shop', 'x')).toBe(true);
    expect(snapshot.lacks('Pod', 'elsewhere', 'x')).toBe(false);
    expect(snapshot.coverage('Secret')).toBe('none');
    expect((await log('shop/api-5c4b-fghij/sidecar'))?.text).toBe('sidecar ready\n');
    expect((await log('shop/web-7d9f-abcde/web'))?.text).toBe(
      '{"level":"info","msg":"starting"}\nError: connect ECONNREFUSED 10.96.7.7:5433\n',
    );
  });

  it('as one stream is read, JSON in its logs is no object', async () => {
    const { snapshot, log } = await openWhole(fixture('cluster-info-dump.txt'));
    expect(snapshot.counts()).toEqual(
      new Map([
        ['Pod', 2],
        ['Event', 1],
        ['Node', 2],
      ]),
    );
    expect(snapshot.blindSpots).toEqual([]);
    expect((await log('shop/web-7d9f-abcde/web', 1))?.text).toBe('Error: connect ECONNREFUSED 10.96.7.7:5433\n');
  });
});

describe('an OpenShift must-gather', () => {
  it('is read at any depth; of two copies the newest counts', async () => {
    const { snapshot, log } = await openWhole(fixture('must-gather.local.4711'));
    expect(snapshot.parts.cluster).toBe('prod-x7k2p');
    expect(snapshot.get('Pod', 'shop', 'web-7d9f-abcde')?.status.phase).toBe('Running');
    expect(snapshot.get('Secret', 'shop', 'db')).toMatchObject({ keys: ['password'], certificate: undefined });
    expect(snapshot.lacks('Deployment', 'shop', 'web')).toBe(true);
    expect(snapshot.lacks('Deployment', 'openshift-dns', 'web')).toBe(false);
    expect(snapshot.lacks('Namespace', '', 'other')).toBe(false);
    expect(snapshot.custom.map(({ kind }) => kind)).toEqual(['ClusterOperator', 'Infrastructure']);
    expect((await log('shop/web-7d9f-abcde/web/previous'))?.text).toContain('previous failure');
    expect((await log('shop/web-7d9f-abcde/web', 1))?.text).toBe(
      '2026-03-02T09:30:07.000000001Z Error: connect ECONNREFUSED 10.96.7.7:5433\n',
    );
    expect(snapshot.blindSpots).toEqual([]);
  });

  it('gives the alerts that fired, which it keeps with the rules of Prometheus', async () => {
    const { snapshot } = await openWhole(fixture('must-gather.local.4711'));
    expect(snapshot.parts.alerts).toMatchObject([
      { labels: { alertname: 'KubePodCrashLooping', pod: 'web-7d9f-abcde' }, startsAt: '2026-03-02T09:10:00Z' },
    ]);
  });
});

describe('a troubleshoot.sh support bundle', () => {
  it('is read, bare arrays and Lists, with the logs of every collector', async () => {
    const { snapshot, log } = await openWhole(fixture('support-bundle-2026-03-02T09_33_00'));
    expect(snapshot.parts).toMatchObject({
      serverVersion: 'v1.33.2',
      servedVersions: ['v1', 'apps/v1'],
      blindSpots: [],
    });
    expect(snapshot.list('PodDisruptionBudget')).toHaveLength(1);
    expect(snapshot.list('Event')[0]?.reason).toBe('BackOff');
    expect(snapshot.lacks('Pod', 'default', 'x')).toBe(true);
    expect(snapshot.custom[0]).toMatchObject({ kind: 'Certificate', metadata: { namespace: 'shop' } });
    expect((await log('shop/web-7d9f-abcde/web/previous'))?.text).toBe('previous failure\n');
    expect((await log('shop/api-5c4b-fghij/api'))?.text).toBe('api ready\n');
  });
});

describe('a folder of anything', () => {
  it('is read: byte order marks, CRLF, YAML 1.1, old versions, watches, foreign kinds', async () => {
    const { snapshot } = await openWhole(fixture('loose'));
    expect(snapshot.get('Service', 'shop', 'web')).toMatchObject({
      spec: { selector: { app: 'web' } },
      metadata: { creationTimestamp: '2026-03-02T09:00:00Z' },
    });
    expect(snapshot.get('Ingress', 'shop', 'web')?.spec.rules[0]?.http.paths[0]?.backend.service).toEqual({
      name: 'web',
      port: { name: undefined, number: 80 },
    });
    expect(snapshot.get('CronJob', 'shop', 'nightly')?.spec.suspend).toBe(false);
    expect(snapshot.list('Pod').map(({ metadata }) => metadata.labels['app'])).toEqual(['newer']);
    expect(snapshot.list('Event')[0]).toMatchObject({
      message: 'Container image already present',
      object: { name: 'api-5c4b-fghij' },
    });
    expect(snapshot.custom.map(({ apiVersion }) => apiVersion)).toEqual(['serving.knative.dev/v1']);
    expect(snapshot.list('Secret')).toEqual([]);
  });

  it('names file and line of what does not parse, once each', async () => {
    const { snapshot } = await openWhole(fixture('loose'));
    expect(snapshot.blindSpots.map(({ what, why }) => `${what}: ${why}`)).toEqual([
      expect.stringMatching(/^A part of the bundle: The file describe\.txt holds what kubectl prints for people/),
      'A part of broken.json, line 5: It could not be read: JSON that does not parse.',
      expect.stringMatching(/^A part of broken\.yaml, line \d: It could not be read: YAML that does not parse/),
      'Nodes: This bundle holds no Nodes.',
    ]);
  });

  it('of manifests proves no absence', async () => {
    const path = write({
      'cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\n',
      'pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n',
    });
    const { snapshot } = await openWhole(path);
    expect(snapshot.lacks('ConfigMap', 'shop', 'b')).toBe(false);
    expect(snapshot.get('Pod', 'default', 'p')).toBeDefined();
  });

  it('holds all ConfigMaps of a namespace only with the one that every namespace has', async () => {
    const some = JSON.stringify(live('ConfigMap', 'a'));
    expect((await openWhole(write({ 'a.json': some }))).snapshot.lacks('ConfigMap', 'shop', 'b')).toBe(false);
    const all = write({ 'a.json': some, 'root.json': JSON.stringify(live('ConfigMap', 'kube-root-ca.crt')) });
    expect((await openWhole(all)).snapshot.lacks('ConfigMap', 'shop', 'b')).toBe(true);
  });

  it('with a list that the API cut, or a file that is cut off, proves no absence of that kind', async () => {
    const pods = { kind: 'PodList', apiVersion: 'v1', metadata: { continue: 'abc' }, items: [live('Pod', 'p')] };
    expect((await openWhole(write({ 'pods.json': JSON.stringify(pods) }))).snapshot.coverage('Pod')).toBe('partial');
    const whole = JSON.stringify({ kind: 'PodList', apiVersion: 'v1', items: [live('Pod', 'p'), live('Pod', 'q')] });
    const { snapshot } = await openWhole(write({ 'pods.json': whole.slice(0, -60) }));
    expect(snapshot.list('Pod')).toHaveLength(1);
    expect(snapshot.coverage('Pod')).toBe('partial');
    expect(snapshot.blindSpots[0]?.why).toBe('It could not be read: the file ends in the middle of an object.');
  });

  it('may be one file, compressed, or written by PowerShell', async () => {
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [live('Pod', 'p')] });
    const path = write({
      'a.json.gz': gzipSync(text),
      'sub/c.json.gz': gzipSync(text),
      'b.yaml': Buffer.from(`\ufeff${text}`, 'utf16le'),
    });
    expect((await openWhole(join(path, 'a.json.gz'))).snapshot.list('Pod')).toHaveLength(1);
    expect((await openWhole(join(path, 'b.yaml'))).snapshot.list('Pod')).toHaveLength(1);
    expect((await openWhole(path)).snapshot.list('Pod')).toHaveLength(1);
  });

  it('never keeps the value of a Secret', async () => {
    const path = write({
      's.yaml':
        'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata:\n    name: s\n    namespace: shop\n    annotations:\n      kubectl.kubernetes.io/last-applied-configuration: hunter2\n  stringData:\n    password: hunter2\n  data:\n    other: aHVudGVyMg==\n',
    });
    const { snapshot } = await openWhole(path);
    expect(snapshot.list('Secret')[0]?.keys).toEqual(['other', 'password']);
    expect(JSON.stringify(snapshot.parts)).not.toMatch(/hunter2|aHVudGVyMg/);
  });

  it('reads a log far larger than its bounds by its ends', async () => {
    const lines = Array.from({ length: 200_000 }, (_, index) => `line ${index}`).join('\n');
    const path = write({
      'p.json': JSON.stringify(live('Pod', 'p', { spec: { containers: [{ name: 'c' }] } })),
      'shop/p/c.log': lines,
    });
    const { log } = await openWhole(path);
    expect(await log('shop/p/c', 2)).toMatchObject({ text: 'line 199998\nline 199999', truncated: true });
    const all = await log('shop/p/c', 1_000_000);
    expect(all?.text.startsWith('line 0\n')).toBe(true);
    expect(all?.text).toContain('\n[...]\n');
    expect(all?.text.length).toBeLessThan(262_144);
  });
});

describe('what is no bundle', () => {
  it.each([
    ['nothing', () => join(folder, 'missing'), 'bundle.not-found', /There is nothing at/],
    ['an empty folder', () => write({}), 'bundle.not-a-bundle', /holds no Kubernetes objects\./],
    [
      'a folder of text',
      () => write({ 'a.md': 'kind: Pod', 'values.yaml': 'a: 1' }),
      'bundle.not-a-bundle',
      /holds no Kubernetes objects\./,
    ],
    [
      'a broken file',
      () => join(write({ 'a.yaml': 'kind: Pod\n  x: [' }), 'a.yaml'),
      'bundle.not-a-bundle',
      /holds no Kubernetes objects \(a\.yaml, line \d/,
    ],
    [
      'half a zip archive',
      () => join(write({ 'a.zip': 'PK\u0003\u0004xxxx' }), 'a.zip'),
      'bundle.refused',
      /it is cut off: the list of its entries/,
    ],
    [
      'an archive of another make',
      () => join(write({ 'a.tar.bz2': 'BZh91AY&SY' }), 'a.tar.bz2'),
      'bundle.not-a-bundle',
      /a\.tar\.bz2 is a bzip2 archive, which is not read here/,
    ],
  ])('%s is said so', async (_, path, code, sentence) => {
    await expect(openBundle(path())).rejects.toMatchObject({ code, message: expect.stringMatching(sentence) });
  });

  it('stops when asked to', async () => {
    await expect(openBundle(fixture('own'), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'interrupted',
    });
  });
});

describe('what kubectl printed for people', () => {
  it('is named as unread, and is no log of the pod after which its file is called', async () => {
    const path = write({
      'pods.json': JSON.stringify(live('Pod', 'web-1', { spec: { containers: [{ name: 'app', image: 'a:1' }] } })),
      'web-1.txt':
        'Name:             web-1\nNamespace:        shop\nLabels:           app=web\nStatus:           Running\n',
      'events.txt':
        'NAMESPACE   LAST SEEN   TYPE      REASON   OBJECT      MESSAGE\nshop        30s         Warning   Failed   pod/web-1   no\n',
      'notes.md': '# what I saw',
    });
    const { snapshot, log } = await openWhole(path);
    expect(snapshot.list('Pod')).toHaveLength(1);
    expect(await log('shop/web-1/app')).toBeUndefined();
    expect(snapshot.blindSpots[0]?.why).toMatch(
      /^The files events\.txt, web-1\.txt hold what kubectl prints for people/,
    );
  });
});
