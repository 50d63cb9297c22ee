import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCluster } from '../../packages/kube/src/reader/cluster-reader.ts';
import { ensureKind } from '../bed/fixtures.ts';
import type { KindBed } from '../bed/fixtures.ts';
import { filledRequest, harmful, unsafe } from './change-requests.ts';
import { ClusterHand } from './cluster-hand.ts';
import { ask, inParallel, isNamed, leftovers, prepare, told } from './judge.ts';
import type { Trial } from './judge.ts';
import { repairAgent } from './repair-agent.ts';
import type { RepairAgent } from './repair-agent.ts';
import { loadScenarios } from './scenario.ts';

/** Diagnosed by Jamie, repaired by Scarlet after a person's yes, and seen to be well by Jamie: each on its own. */
const trials = prepare(loadScenarios('kind').filter(({ repair }) => repair !== ''));
let bed: KindBed;
let hand: ClusterHand;
let agent: RepairAgent;
/** Where well-behaved workloads are asked to be changed: one namespace for what is refused, one for each harm. */
const served = `n${Date.now().toString(36)}`;
const harms = harmful.map(([name, asked], index) => ({ name, asked, namespace: `${served}-${index}` }));
const ours = [served, ...harms.map(({ namespace }) => namespace)];

const open = () => openCluster({ kubeconfig: bed.kubeconfigPath });

type Fix = Awaited<ReturnType<RepairAgent['fixes']>>[number];

async function until<T>(seconds: number, look: () => Promise<T | undefined>): Promise<T | undefined> {
  for (const end = Date.now() + seconds * 1000; ;) {
    const found = await look();
    if (found !== undefined || Date.now() > end) return found;
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

async function proposedFix(trial: Trial): Promise<Fix | undefined> {
  const fixes = await agent.fixes(trial.sick);
  return fixes.find(({ cause, proposals }) => isNamed(trial, cause) && proposals.some(({ action }) => action === trial.scenario.repair));
}

beforeAll(async () => {
  bed = await ensureKind();
  hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  agent = await repairAgent(bed.kubeconfigPath);
  await hand.createNamespaces([...ours, ...trials.map(({ sick }) => sick)]);
  const workload = readFileSync(join(import.meta.dirname, 'web-workload.yaml'), 'utf8');
  for (const namespace of ours) await hand.must(['-n', namespace, 'apply', '-f', '-'], workload);
  for (const namespace of ours) await hand.must(['-n', namespace, 'rollout', 'status', 'deployment/web', '--timeout=120s']);
  await inParallel(trials, 4, (trial) => hand.applyAll(trial.sick, trial.scenario.sick));
});

afterAll(async () => {
  await agent?.close();
  if (hand !== undefined) {
    await hand.remove(leftovers(trials));
    await hand.run(['delete', 'namespace', ...ours, '--wait=false']);
  }
  await bed?.stop();
});

describe('proposed, agreed to, done once, and seen to have helped', () => {
  it.concurrent.each(trials.map((trial) => [`${trial.scenario.name} by ${trial.scenario.repair}`, trial] as const))('%s', async (_name, trial) => {
    const fix = await until(trial.scenario.seconds, () => proposedFix(trial));
    expect(fix, `no ${trial.scenario.repair} is proposed\n${told(await ask(open, trial.sick))}`).toBeDefined();
    const requests = fix?.proposals.filter(({ action }) => action === trial.scenario.repair) ?? [];
    const change = await agent.carryOut(requests.slice(0, 1), fix?.cause);
    expect(change.state, change.says).toBe('succeeded');
    // What crashed before waits up to five minutes for its next start.
    const well = await until(330, async () => {
      const answer = await ask(open, trial.sick);
      return answer.verdict === 'healthy' ? answer : undefined;
    });
    expect(well, told(await ask(open, trial.sick))).toBeDefined();
  }, 900_000);
});

describe('what does not help is taken back, and said so', () => {
  it.concurrent.each(harms.map((harm) => [harm.name, harm] as const))('%s', async (_name, { asked, namespace }) => {
    const change = await agent.carryOut([filledRequest(asked, namespace)]);
    expect(change.state, change.says).toBe('undone');
    const well = await until(120, async () => ((await ask(open, namespace)).causes.every(({ object }) => object.name !== 'web') ? true : undefined));
    expect(well, told(await ask(open, namespace))).toBe(true);
  }, 900_000);
});

describe('refused, with the reason', () => {
  it.each(unsafe)('%s', async (_name, asked, says) => {
    const before = (await agent.client.auditRows({}, { signal: AbortSignal.timeout(30_000) })).head;
    await expect(agent.propose([filledRequest(asked, served)])).rejects.toMatchObject({ code: 'change.refused', message: expect.stringMatching(says) });
    const { rows } = await agent.client.auditRows({ query: { from: before + 1 } }, { signal: AbortSignal.timeout(30_000) });
    expect(rows.map(({ entry }) => entry.code)).toEqual(['DNY001']);
  });

  it('acting on another namespace than the evidence is about', async () => {
    const [trial] = prepare(trials.slice(0, 1).map(({ scenario }) => scenario));
    if (trial === undefined) throw new Error('no scenario is to be repaired');
    await hand.createNamespaces([trial.sick]);
    await hand.applyAll(trial.sick, trial.scenario.sick);
    const fix = await until(trial.scenario.seconds, () => proposedFix(trial));
    expect(fix).toBeDefined();
    const elsewhere = harms[0]?.namespace ?? '';
    const scale = { action: 'scale', target: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: elsewhere, name: 'web', uid: '' }, params: { replicas: 3 } };
    await expect(agent.propose([scale], fix?.cause)).rejects.toMatchObject({ code: 'change.refused', message: expect.stringContaining('evidence') });
    await hand.remove(leftovers([trial]));
  }, 300_000);
});
