import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCluster } from '../../packages/kube/src/reader/cluster-reader.ts';
import { startControlPlane } from '../bed/fixtures.ts';
import type { Bed } from '../bed/fixtures.ts';
import { ClusterHand } from '../scenarios/cluster-hand.ts';
import { isTwinWell, play, prepare, showsFault, told, wanted } from '../scenarios/judge.ts';
import { loadScenarios } from '../scenarios/scenario.ts';

const trials = prepare(loadScenarios('control-plane'));
let bed: Bed;

const open = () => openCluster({ kubeconfig: bed.kubeconfigPath });

beforeAll(async () => {
  bed = await startControlPlane();
  const hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  await play(
    { hand, open },
    trials.filter((trial) => !trial.scenario.apart),
  );
  for (const trial of trials) if (trial.scenario.apart) await play({ hand, open }, [trial]);
  // What waits for a deletion is only called stuck after minutes.
}, 1_200_000);

afterAll(async () => {
  await bed?.stop();
});

describe.each(trials.map((trial) => [trial.scenario.name, trial] as const))('%s', (_name, trial) => {
  it('the fault is told first', () => {
    expect(showsFault(trial), `${wanted(trial)}, was told\n${trial.failure}\n${told(trial.alone)}`).toBe(true);
  });

  if (trial.scenario.healthy.length > 0) {
    it('done right, the answer is healthy', () => {
      expect(isTwinWell(trial), told(trial.twin)).toBe(true);
    });
  }
});
