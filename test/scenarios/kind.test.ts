import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCluster } from '../../packages/kube/src/reader/cluster-reader.ts';
import type { Diagnosis } from '../../packages/domain/src/diagnosis.ts';
import type { ClusterReader } from '../../packages/domain/src/ports/cluster.ts';
import { ensureKind } from '../bed/fixtures.ts';
import type { KindBed } from '../bed/fixtures.ts';
import { ClusterHand } from './cluster-hand.ts';
import { ask, inParallel, isNamed, play, prepare, told } from './judge.ts';
import { loadScenarios } from './scenario.ts';

const trials = prepare(loadScenarios('kind'));
let bed: KindBed;
let hand: ClusterHand;
let reader: ClusterReader;
let whole: Diagnosis;

beforeAll(async () => {
  bed = await ensureKind();
  hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  reader = await openCluster({ kubeconfig: bed.kubeconfigPath });
  await play(hand, reader, trials);
  whole = await ask(reader);
});

afterAll(async () => {
  await reader?.close();
  if (hand !== undefined && process.env['AUTODEVOPS_KEEP'] !== '1') {
    await inParallel(trials, 4, async (trial) => {
      await hand.remove(trial.sick, trial.scenario.sick);
      await hand.remove(trial.healthy, trial.scenario.healthy);
    });
  }
  await bed?.stop();
});

describe.each(trials.map((trial) => [trial.scenario.name, trial] as const))('%s', (_name, trial) => {
  it('alone, the fault is the first cause', () => {
    expect(isNamed(trial, trial.alone?.causes[0]), `wanted ${trial.scenario.code} ${trial.scenario.object}, was told\n${told(trial.alone)}`).toBe(true);
  });

  it('among many, the fault is above the line', () => {
    const found = whole.causes.some((cause) => isNamed(trial, cause) || cause.symptoms.some((s) => s.code === trial.scenario.code && s.object.namespace === trial.sick));
    expect(found, `of ${whole.causes.length} causes none is ${trial.scenario.code} in ${trial.sick}`).toBe(true);
  });

  it.runIf(trial.scenario.healthy.length > 0)('done right, the answer is healthy', () => {
    expect(trial.twin?.verdict, told(trial.twin)).toBe('healthy');
  });
});
