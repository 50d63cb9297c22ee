import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { kindNames } from '@autodevops/domain/kubernetes/kinds';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';

/** What the opened cluster must hold: raw objects, as the API has them, and one log. */
export const conformanceObjects: readonly {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
  [field: string]: unknown;
}[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'bank' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, data: { MODE: 'fast' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'bank' }, data: { MODE: 'slow' } },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'login', namespace: 'shop' },
    type: 'Opaque',
    data: { password: Buffer.from('canary-in-a-secret').toString('base64') },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'web:1' }] } },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'one', namespace: 'shop' },
    spec: { containers: [{ name: 'app', image: 'web:1' }] },
    status: {
      phase: 'Running',
      containerStatuses: [
        {
          name: 'app',
          ready: true,
          restartCount: 0,
          image: 'web:1',
          imageID: '',
          state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
        },
      ],
    },
  },
];

export const conformanceLog = {
  namespace: 'shop',
  pod: 'one',
  container: 'app',
  previous: false,
  text: 'first\nsecond\nthird\n',
};

export interface ConformanceSetting {
  readonly open: () => Promise<ClusterReader>;
  /** False where no kubelet serves logs. */
  readonly logs: boolean;
}

const soon = (): AbortSignal => AbortSignal.timeout(30_000);
const everything = { kinds: kindNames, custom: true };
const wanted = { namespace: 'shop', pod: 'one', container: 'app', previous: false, limitBytes: 65_536 };

/** Every adapter of the Cluster port behaves so. */
export function clusterReaderConformance(adapter: string, setting: ConformanceSetting): void {
  describe(`${adapter} as a ClusterReader`, () => {
    let reader: ClusterReader;
    beforeAll(async () => {
      reader = await setting.open();
    });
    afterAll(() => reader.close());

    it('has a name that people know it by', () => {
      expect(reader.source).not.toBe('');
    });

    it('reads objects of every namespace, projected', async () => {
      const snapshot = await reader.snapshot(everything, { signal: soon() });
      expect(snapshot.get('ConfigMap', 'shop', 'settings')?.data['MODE']).toBe('fast');
      expect(snapshot.get('ConfigMap', 'bank', 'settings')?.data['MODE']).toBe('slow');
      expect(snapshot.get('Deployment', 'shop', 'web')?.spec.template.spec.containers[0]?.image).toBe('web:1');
      expect(snapshot.saw('Pod')).toBe(true);
    });

    it('keeps to the namespaces that were asked for, and does not claim to have seen others', async () => {
      const snapshot = await reader.snapshot({ ...everything, namespaces: ['bank'] }, { signal: soon() });
      expect(
        snapshot
          .list('ConfigMap')
          .filter((c) => c.metadata.name === 'settings')
          .map((c) => c.metadata.namespace),
      ).toEqual(['bank']);
      expect(snapshot.saw('ConfigMap', 'bank')).toBe(true);
      expect(snapshot.lacks('ConfigMap', 'shop', 'settings')).toBe(false);
    });

    it('fetches only the kinds that were asked for', async () => {
      const snapshot = await reader.snapshot({ kinds: ['Service'], custom: false }, { signal: soon() });
      expect(snapshot.list('Service').map((s) => s.metadata.name)).toContain('web');
      expect(snapshot.list('ConfigMap')).toEqual([]);
      expect(snapshot.saw('ConfigMap')).toBe(false);
    });

    it('never keeps the values of a Secret', async () => {
      const snapshot = await reader.snapshot(everything, { signal: soon() });
      const text = JSON.stringify(snapshot.parts);
      expect(snapshot.get('Secret', 'shop', 'login')?.keys).toEqual(['password']);
      expect(text).not.toContain('canary-in-a-secret');
      expect(text).not.toContain(Buffer.from('canary-in-a-secret').toString('base64'));
    });

    if (setting.logs) {
      it('gives the last lines of a log that exists and leaves out one that does not', async () => {
        const logs = await reader.logs(
          [
            { ...wanted, tailLines: 2 },
            { ...wanted, pod: 'nobody', tailLines: 2 },
          ],
          { signal: soon() },
        );
        expect(logs).toHaveLength(1);
        expect(logs[0]?.text).toContain('third');
        expect(logs[0]?.text).not.toContain('first');
      });
    }

    it('stops when it is told to', async () => {
      const stopped = reader.snapshot(everything, { signal: AbortSignal.abort() });
      await expect(stopped).rejects.toBeInstanceOf(AutoDevOpsError);
      await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
    });
  });
}
