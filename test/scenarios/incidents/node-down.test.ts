import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RawObject } from '../../../packages/kube/src/replay/recording.ts';
import { startWritableCluster } from '../../agent/writable-cluster.ts';
import { monitoringUnavailableReason } from '../../bed/fixtures.ts';
import { bundleBoth } from '../../bot/incident-scene.ts';
import { causeIsFound, isOver, takenUp, threadsOf, waitForFinding } from './incident-walk.ts';
import { monitoredScene } from './monitored-scene.ts';

const reason = await monitoringUnavailableReason();
const agoText = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const long = agoText(600);

const well = (): object => ({
  type: 'Ready',
  status: 'True',
  reason: 'KubeletReady',
  message: 'kubelet is posting ready status',
  lastHeartbeatTime: agoText(0),
  lastTransitionTime: long,
});
/** As the node controller writes it when the kubelet has not renewed its lease. */
const lost = (): object => ({
  type: 'Ready',
  status: 'Unknown',
  reason: 'NodeStatusUnknown',
  message: 'Kubelet stopped posting node status.',
  lastHeartbeatTime: agoText(1),
  lastTransitionTime: agoText(0),
});

function node(name: string): RawObject {
  const capacity = { cpu: '4', memory: '8Gi', pods: '110' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, uid: name, creationTimestamp: long },
    spec: {},
    status: { capacity, allocatable: capacity, conditions: [well()] },
  };
}

function pod(name: string, nodeName: string): RawObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', uid: name, creationTimestamp: long },
    spec: { nodeName, containers: [{ name: 'app', image: 'app:1' }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: long }],
      containerStatuses: [{ name: 'app', ready: true, restartCount: 0, state: { running: { startedAt: long } } }],
    },
  };
}

/** A cluster that is played: one whose nodes may be stopped would take the machine's cores for minutes (`nodes.test.ts` has it). */
describe.skipIf(reason !== undefined)(
  `a node that is lost, from Prometheus to Slack and back${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    it('is one thread with its cause, and ends when the node comes back', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'autodevops-node-down-'));
      const cluster = await startWritableCluster([
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', uid: 'shop', creationTimestamp: long } },
        node('worker-1'),
        node('worker-2'),
        pod('web-a', 'worker-1'),
        pod('web-b', 'worker-2'),
      ]);
      const kubeconfig = join(folder, 'kubeconfig');
      writeFileSync(kubeconfig, cluster.kubeconfig);
      const bundles = await bundleBoth();
      const scene = await monitoredScene({ kubeconfig, namespaces: ['shop'], bundles });
      onTestFinished(async () => {
        await scene.close();
        await cluster.close();
        bundles.remove();
        rmSync(folder, { recursive: true, force: true });
      });
      const become = async (condition: object): Promise<void> => {
        await cluster.meddle('/api/v1/nodes/worker-1', (object) => ({
          ...object,
          status: { ...(object['status'] as object), conditions: [condition] },
        }));
      };
      await become(lost());
      const found = await causeIsFound('node-down', scene, {
        code: 'node.not-ready.kubelet-silent',
        object: 'Node/worker-1',
        namespace: '',
      });
      process.stderr.write(`node-down: ${waitForFinding(scene)} ms from Alertmanager's post to a finding in Slack\n`);
      expect(scene.relay.notices.flatMap(({ alertNames }) => alertNames)).toContain('KubeNodeNotReady');
      await takenUp(found);
      await become(well());
      await isOver(found);
      expect(await threadsOf(scene)).toHaveLength(1);
    }, 600_000);
  },
);
