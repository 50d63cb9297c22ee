import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCluster } from '../../packages/kube/src/reader/cluster-reader.ts';
import type { ActionRequest } from '../../packages/domain/src/change/plan.ts';
import type { Change } from '../../packages/domain/src/change/change.ts';
import type { Cause } from '../../packages/domain/src/diagnosis.ts';
import { AutoDevOpsError } from '../../packages/domain/src/errors.ts';
import { ensureKind } from '../bed/fixtures.ts';
import type { KindBed } from '../bed/fixtures.ts';
import { filledRequest, harmful } from './change-requests.ts';
import { ClusterHand } from './cluster-hand.ts';
import { ask, inParallel, isNamed, leftovers, prepare, told } from './judge.ts';
import type { Trial } from './judge.ts';
import { repairAgent } from './repair-agent.ts';
import type { RepairAgent } from './repair-agent.ts';
import { loadScenarios } from './scenario.ts';
import { namesItsRule, refusalOf, unsafe } from './unsafe-requests.ts';
import { linkApprovers } from './walks/approvers.ts';

/** Diagnosed by Jamie, repaired by Scarlet after a person's yes, and seen to be well by Jamie: each on its own. */
const trials = prepare(loadScenarios('kind').filter(({ repair }) => repair !== ''));
let bed: KindBed;
let hand: ClusterHand;
let agent: RepairAgent;
/** Says the yeses of as many people as the policy wants. */
let agree: (change: Change) => Promise<void>;
/** When the fault of a trial is there; rejected when it could not be made. */
const begun = new Map(trials.map((trial) => [trial, Promise.withResolvers<void>()]));
/** Where well-behaved workloads are asked to be changed: one namespace for what is refused, one for each harm. */
const served = `n${Date.now().toString(36)}`;
const harms = harmful.map(([name, asked], index) => ({ name, asked, namespace: `${served}-${index}` }));
const ours = [served, ...harms.map(({ namespace }) => namespace)];

const open = () => openCluster({ kubeconfig: bed.kubeconfigPath });

async function until<T>(seconds: number, look: () => Promise<T | undefined>): Promise<T | undefined> {
  for (const end = Date.now() + seconds * 1000; ;) {
    const found = await look();
    if (found !== undefined || Date.now() > end) return found;
    await sleep(3000);
  }
}

interface Repair {
  readonly cause: Cause;
  readonly request: ActionRequest;
}

/** What Jamie proposes against the trial's cause; with what only a person can give, where she asks for just that. */
async function proposedRepair(trial: Trial): Promise<Repair | undefined> {
  const { repair, repairWith } = trial.scenario;
  const given = Object.keys(repairWith).toSorted().join();
  const named = (await agent.fixes(trial.sick)).filter(({ cause }) => isNamed(trial, cause));
  const ready = named.flatMap(({ cause, proposals }) => proposals.map((request) => ({ cause, request, asks: '' })));
  const waiting = named.flatMap(({ cause, open: ways }) =>
    ways.map(({ request, asks }) => ({ cause, request, asks: asks.toSorted().join() })),
  );
  const found = [...ready, ...waiting].find(({ request, asks }) => request.action === repair && asks === given);
  return found === undefined
    ? undefined
    : { cause: found.cause, request: { ...found.request, params: { ...found.request.params, ...repairWith } } };
}

/** Makes the faults beside the tests, so that each begins when its own is there. */
async function beginAll(): Promise<void> {
  await inParallel(trials, 8, async (trial) => {
    const { resolve, reject } = begun.get(trial) ?? Promise.withResolvers<void>();
    await hand.applyAll(trial.sick, trial.scenario.sick).then(resolve, reject);
  });
}

beforeAll(async () => {
  bed = await ensureKind();
  hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  agent = await repairAgent(bed.kubeconfigPath);
  agree = await linkApprovers(agent);
  await hand.createNamespaces([...ours, ...trials.map(({ sick }) => sick)]);
  const workload = readFileSync(join(import.meta.dirname, 'web-workload.yaml'), 'utf8');
  for (const namespace of ours) await hand.must(['-n', namespace, 'apply', '-f', '-'], workload);
  for (const { promise } of begun.values()) promise.catch(() => undefined);
  void beginAll();
});

afterAll(async () => {
  await agent?.close();
  if (hand !== undefined) {
    await hand.remove(leftovers(trials));
    await hand.run(['delete', 'namespace', ...ours, '--wait=false']);
  }
  await bed?.stop();
});

/** Agreed to and followed to its end; what became ready between the proposal and its first step makes another proposal necessary. */
async function carryOut(request: ActionRequest, cause?: Cause, tries = 3): Promise<Change> {
  const change = await agent.propose([request], cause);
  try {
    await agree(change);
  } catch (error) {
    if (tries <= 1 || !(error instanceof AutoDevOpsError) || error.code !== 'change.stale') throw error;
    return await carryOut(request, cause, tries - 1);
  }
  const ended = await agent.follow(change.id);
  const isStale = ended.state === 'failed' && ended.says.startsWith('Nothing was changed: It would touch');
  return isStale && tries > 1 ? await carryOut(request, cause, tries - 1) : ended;
}

async function serves(namespace: string): Promise<void> {
  await hand.must(['-n', namespace, 'rollout', 'status', 'deployment/web', '--timeout=120s']);
}

describe.concurrent('a change that is proposed and agreed to', () => {
  it.each(trials.map((trial) => [`${trial.scenario.name} by ${trial.scenario.repair}`, trial] as const))(
    'is done once, and Jamie sees that it helped: %s',
    async (_name, trial) => {
      await begun.get(trial)?.promise;
      // All faults are made at once, on one machine: each may take twice the time that it takes alone.
      const repair = await until(2 * trial.scenario.seconds, () => proposedRepair(trial));
      if (repair === undefined) {
        expect.fail(`no ${trial.scenario.repair} is proposed\n${told(await ask(open, trial.sick))}`);
      }
      const change = await carryOut(repair.request, repair.cause);
      expect(change.state, change.says).toBe('succeeded');
      // What crashed before waits up to five minutes for its next start.
      const well = await until(330, async () =>
        (await ask(open, trial.sick)).verdict === 'healthy' ? true : undefined,
      );
      expect(well, told(await ask(open, trial.sick))).toBe(true);
    },
    900_000,
  );

  it.each(harms.map((harm) => [harm.name, harm] as const))(
    'is taken back, and said so, where it does not help: %s',
    async (_name, { asked, namespace }) => {
      await serves(namespace);
      const change = await carryOut(filledRequest(asked, namespace));
      expect(change.state, change.says).toBe('undone');
      const well = await until(120, async () =>
        (await ask(open, namespace)).causes.every(({ object }) => object.name !== 'web') ? true : undefined,
      );
      expect(well, told(await ask(open, namespace))).toBe(true);
    },
    900_000,
  );
});

describe('refused, with the reason', () => {
  beforeAll(() => serves(served));

  it.each(unsafe)('%s', async (_name, asked, says) => {
    const before = (await agent.client.auditRows({}, { signal: AbortSignal.timeout(30_000) })).head;
    const refused = await refusalOf(agent.propose([filledRequest(asked, served)]));
    expect(refused).toMatchObject({ code: 'change.refused', message: expect.stringMatching(says) });
    expect(`${refused.message} ${refused.remedy}`).toMatch(namesItsRule);
    const { rows } = await agent.client.auditRows(
      { query: { from: before + 1 } },
      { signal: AbortSignal.timeout(30_000) },
    );
    expect(rows.map(({ entry }) => entry.code)).toEqual(['DNY001']);
  });

  it('acting on another namespace than the evidence is about', async () => {
    const [trial] = prepare(trials.slice(0, 1).map(({ scenario }) => scenario));
    if (trial === undefined) throw new Error('no scenario is to be repaired');
    await hand.createNamespaces([trial.sick]);
    await hand.applyAll(trial.sick, trial.scenario.sick);
    const repair = await until(trial.scenario.seconds, () => proposedRepair(trial));
    expect(repair).toBeDefined();
    const elsewhere = harms[0]?.namespace ?? '';
    const scale = {
      action: 'scale',
      target: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: elsewhere, name: 'web', uid: '' },
      params: { replicas: 3 },
    };
    await expect(agent.propose([scale], repair?.cause)).rejects.toMatchObject({
      code: 'change.refused',
      message: expect.stringContaining('evidence'),
    });
    await hand.remove(leftovers([trial]));
  }, 300_000);
});
