import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClusterReader } from '../../packages/domain/src/ports/cluster.ts';
import { openCluster } from '../../packages/kube/src/reader/cluster-reader.ts';
import { startControlPlane } from '../bed/fixtures.ts';
import type { Bed } from '../bed/fixtures.ts';
import { ClusterHand } from '../scenarios/cluster-hand.ts';
import { isTwinWell, play, prepare, showsFault, told, wanted } from '../scenarios/judge.ts';
import { loadScenarios } from '../scenarios/scenario.ts';

const trials = prepare(loadScenarios('control-plane'));
let bed: Bed;
let reader: ClusterReader;

beforeAll(async () => {
  bed = await startControlPlane();
  const hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  reader = await openCluster({ kubeconfig: bed.kubeconfigPath });
  await play(hand, reader, trials);
});

afterAll(async () => {
  await reader?.close();
  await bed?.stop();
});

describe.each(trials.map((trial) => [trial.scenario.name, trial] as const))('%s', (_name, trial) => {
  it('the fault is the first cause', () => {
    expect(showsFault(trial), `${wanted(trial)}, was told\n${trial.failure}\n${told(trial.alone)}`).toBe(true);
  });

  it.runIf(trial.scenario.healthy.length > 0)('done right, the answer is healthy', () => {
    expect(isTwinWell(trial), told(trial.twin)).toBe(true);
  });
});
