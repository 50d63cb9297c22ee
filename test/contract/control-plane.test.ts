import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClusterReader } from '../../packages/domain/src/ports/cluster.ts';
import { openCluster } from '../../packages/kube/src/reader/cluster-reader.ts';
import { startControlPlane } from '../bed/fixtures.ts';
import type { Bed } from '../bed/fixtures.ts';
import { ClusterHand } from '../scenarios/cluster-hand.ts';
import { isNamed, play, prepare, told } from '../scenarios/judge.ts';
import { loadScenarios } from '../scenarios/scenario.ts';

const trials = prepare(loadScenarios('control-plane'));
let bed: Bed;
let reader: ClusterReader;

/** Nodes that only exist as objects: the scheduler places pods on them, and nothing runs there. */
const node = (name: string): string => `
apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {kubernetes.io/hostname: ${name}, kubernetes.io/os: linux}}
`;

beforeAll(async () => {
  bed = await startControlPlane();
  const hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  await hand.must(['apply', '-f', '-'], [node('one'), node('two')].join('---'));
  for (const name of ['one', 'two']) {
    const allocatable = { cpu: '4', memory: '8Gi', pods: '110' };
    await hand.must(['patch', 'node', name, '--subresource=status', '-p', JSON.stringify({ status: { allocatable, capacity: allocatable } })]);
  }
  reader = await openCluster({ kubeconfig: bed.kubeconfigPath });
  await play(hand, reader, trials);
});

afterAll(async () => {
  await reader?.close();
  await bed?.stop();
});

describe.each(trials.map((trial) => [trial.scenario.name, trial] as const))('%s', (_name, trial) => {
  it('the fault is the first cause', () => {
    expect(isNamed(trial, trial.alone?.causes[0]), `wanted ${trial.scenario.code} ${trial.scenario.object}, was told\n${told(trial.alone)}`).toBe(true);
  });

  it.runIf(trial.scenario.healthy.length > 0)('done right, the answer is healthy', () => {
    expect(trial.twin?.verdict, told(trial.twin)).toBe('healthy');
  });
});
