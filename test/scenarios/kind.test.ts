import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCluster } from '../../packages/kube/src/reader/cluster-reader.ts';
import { ensureKind } from '../bed/fixtures.ts';
import type { KindBed } from '../bed/fixtures.ts';
import { ClusterHand } from './cluster-hand.ts';
import {
  ask,
  inParallel,
  isTwinWell,
  leftovers,
  play,
  playMissesAgain,
  prepare,
  showsAmongMany,
  showsFault,
  told,
  wanted,
} from './judge.ts';
import type { Trial } from './judge.ts';
import { loadScenarios } from './scenario.ts';

const trials = prepare(loadScenarios('kind'));
let bed: KindBed;
let hand: ClusterHand;

const open = () => openCluster({ kubeconfig: bed.kubeconfigPath });

/** A run of many minutes says how far it is. */
function onLook(waiting: readonly Trial[]): void {
  const names = waiting.slice(0, 5).map(({ scenario }) => scenario.name);
  process.stderr.write(
    `${new Date().toISOString().slice(11, 19)} ${waiting.length} of ${trials.length} scenarios are waited for${names.length > 0 ? `: ${names.join(', ')}` : ''}\n`,
  );
}

beforeAll(async () => {
  bed = await ensureKind();
  hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  await play({ hand, open, onLook }, trials);
  await playMissesAgain({ hand, open, onLook }, trials);
  // Until now everything was read from whole-cluster looks; this is what a person would ask.
  await inParallel(
    trials.filter((trial) => trial.scenario.healthy.length > 0),
    2,
    async (trial) => {
      trial.twin = await ask(open, trial.healthy);
    },
  );
});

afterAll(async () => {
  if (hand !== undefined && process.env['AUTODEVOPS_KEEP'] !== '1') await hand.remove(leftovers(trials));
  await bed?.stop();
});

describe.each(trials.map((trial) => [trial.scenario.name, trial] as const))('%s', (_name, trial) => {
  it('alone, the fault is told first', () => {
    expect(showsFault(trial), `${wanted(trial)}, was told\n${trial.failure}\n${told(trial.alone)}`).toBe(true);
  });

  if (!trial.scenario.information) {
    it('among many, the fault is still told', () => {
      expect(
        showsAmongMany(trial),
        `${wanted(trial)}, was told of ${trial.whole?.causes.length ?? 0} other causes`,
      ).toBe(true);
    });
  }

  if (trial.scenario.healthy.length > 0) {
    it('done right, the answer is healthy', () => {
      expect(isTwinWell(trial), told(trial.twin)).toBe(true);
    });
  }
});
