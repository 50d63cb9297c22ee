import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openBundle } from '../../packages/bundles/src/bundle-reader.ts';
import { openCluster } from '../../packages/kube/src/reader/cluster-reader.ts';
import { startReplayServer } from '../../packages/kube/src/replay/replay-server.ts';
import {
  clusterReaderConformance,
  conformanceLog,
  conformanceObjects,
} from '../../packages/testkit/src/cluster/cluster-reader-conformance.ts';
import { startControlPlane } from '../bed/fixtures.ts';
import type { Bed } from '../bed/fixtures.ts';
import { ClusterHand } from '../scenarios/cluster-hand.ts';

let folder: string;
let replay: Awaited<ReturnType<typeof startReplayServer>>;
let bed: Bed;

function writeBundle(): void {
  const kinds = [...new Set(conformanceObjects.map((object) => object.kind))];
  writeFileSync(
    join(folder, 'bundle.json'),
    JSON.stringify({ version: 1, capturedAt: '2026-01-01T12:00:00Z', cluster: 'conformance', kinds }),
  );
  mkdirSync(join(folder, 'objects'));
  mkdirSync(join(folder, 'logs', 'shop', 'one'), { recursive: true });
  writeFileSync(
    join(folder, 'objects', 'all.json'),
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: conformanceObjects }),
  );
  writeFileSync(join(folder, 'logs', 'shop', 'one', 'app.log'), conformanceLog.text);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'autodevops-conformance-'));
  writeBundle();
  replay = await startReplayServer({ objects: conformanceObjects, logs: [conformanceLog], serverVersion: 'v1.36.3' });
  writeFileSync(join(folder, 'kubeconfig'), replay.kubeconfig);
  bed = await startControlPlane();
  const hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  for (const object of conformanceObjects) {
    if (object.kind === 'Pod') await hand.must(['-n', 'shop', 'create', 'serviceaccount', 'default']).catch(() => '');
    await hand.must(['apply', '-f', '-'], JSON.stringify(object));
  }
});

afterAll(async () => {
  await replay?.close();
  await bed?.stop();
  rmSync(folder, { recursive: true, force: true });
});

clusterReaderConformance('a bundle', { open: () => openBundle(folder), logs: true });
clusterReaderConformance('a replayed cluster', {
  open: () => openCluster({ kubeconfig: join(folder, 'kubeconfig') }),
  logs: true,
});
clusterReaderConformance('a control plane', {
  open: () => openCluster({ kubeconfig: bed.kubeconfigPath }),
  logs: false,
});
