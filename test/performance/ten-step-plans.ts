import { setTimeout as sleep } from 'node:timers/promises';
import { execute } from '../../agent-core/src/changes/execution/execute.ts';
import type { ExecutionDesk } from '../../agent-core/src/changes/execution/run.ts';
import { propose } from '../../agent-core/src/changes/approving/propose.ts';
import type { ProposalDesk } from '../../agent-core/src/changes/approving/propose.ts';
import { diagnosisOf } from '../../agent-core/src/changes/testing/change-scene.ts';
import { agent, ann, decisionOf, sha256 } from '../../agent-core/src/changes/testing/samples.ts';
import { planAction, verifyAction } from '../../agent-core/src/scarlet/plan-action.ts';
import type { Store } from '../../packages/domain/src/ports/store.ts';
import { fakeCluster } from '../../packages/testkit/src/cluster/fake-cluster.ts';
import { configMaps, markAll } from '../agent/config-maps.ts';

const stepsOfPlan = 10;

/** Nothing is waited for that the driver itself does not do: what is looked at is good at once. */
const pace = { lease: 60_000, poll: 1, settle: 0, again: 50 };

function deskOver(store: Store): ExecutionDesk & ProposalDesk {
  let made = 0;
  return {
    store,
    agent,
    pace,
    digest: sha256,
    holder: 'bench',
    lifetime: 3_600_000,
    underWay: new Set(),
    rules: { mode: 'cloud', ownYes: false },
    clock: {
      now: Date.now,
      earliest: Date.now,
      wait: async (milliseconds, signal) => {
        await sleep(milliseconds, undefined, { signal });
      },
    },
    decide: async () => decisionOf('auto'),
    ground: {
      cluster: fakeCluster(configMaps(stepsOfPlan), { now: Date.now }),
      planner: { plan: planAction, verify: verifyAction },
    },
    diagnose: async () => diagnosisOf([]),
    stopped: () => false,
    newId: () => `chg-${String((made += 1)).padStart(12, '0')}`,
  };
}

/**
 * Proposes plans of ten steps on a cluster in memory, where every effect is instant, and executes one after the other.
 * Returns the milliseconds that each execution took, from the order to its verified end.
 */
export async function runPlans(store: Store, plans: number): Promise<readonly number[]> {
  const desk = deskOver(store);
  const { signal } = new AbortController();
  const executions: number[] = [];
  for (let plan = 0; plan < plans; plan += 1) {
    const proposal = {
      requests: markAll(stepsOfPlan, `plan-${plan}`),
      requester: ann,
      reason: { text: 'The bench wants it.' },
      idempotencyKey: `plan-${plan}`,
      direct: false,
      signal,
    };
    const { id } = await propose(proposal, desk);
    const started = performance.now();
    const { state, steps } = await execute(id, desk, signal);
    executions.push(performance.now() - started);
    if (state !== 'succeeded' || steps.length !== stepsOfPlan) {
      throw new Error(`${id} is ${state} with ${steps.length} steps`);
    }
  }
  return executions;
}
