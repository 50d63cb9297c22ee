import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleAgent } from '../agent/agent-bundle.ts';
import type { AgentBundle } from '../agent/agent-bundle.ts';
import type { Comparison } from './comparisons.ts';
import { measure } from './measured-process.ts';
import { resumption } from './resumed-change.ts';
import { stopping } from './stopped-agents.ts';

type Prepared = Awaited<ReturnType<Comparison['prepare']>>;

const programs = join(import.meta.dirname, 'programs');
const plans = 50;

/** `url` is the folder. */
async function folder(): Promise<Prepared> {
  const path = mkdtempSync(join(tmpdir(), 'autodevops-bench-'));
  return { url: path, kubeconfig: '', pods: 0, stop: () => rmSync(path, { recursive: true, force: true }) };
}

/** By the path of the program, which is `url`. */
const bundles = new Map<string, AgentBundle>();

async function bundled(): Promise<Prepared> {
  const bundle = await bundleAgent();
  bundles.set(bundle.program, bundle);
  return { url: bundle.program, kubeconfig: '', pods: 0, stop: bundle.remove };
}

function bundleOf({ url }: Prepared): AgentBundle {
  const found = bundles.get(url);
  if (found === undefined) throw new Error('this comparison was not prepared');
  return found;
}

let round = 0;
const plan =
  (program: string) =>
  async ({ url }: Prepared): Promise<number> => {
    const { figures } = await measure([
      join(programs, `${program}.ts`),
      join(url, `${program}-${(round += 1)}.db`),
      String(plans),
    ]);
    const value = figures['millisecondsOfPlan'];
    if (value === undefined) throw new Error(`${program} reported nothing`);
    return value;
  };

export const agentComparisons: readonly Comparison[] = [
  {
    what: 'a plan of ten steps with instant effects, executed and verified',
    unit: 'ms',
    prepare: folder,
    measure: plan('plan-executions'),
    peer: { name: 'bare commits of the same rows', measure: plan('plan-commits') },
  },
  {
    what: 'from SIGKILL in a change to its next effect, by another agent',
    unit: 'ms',
    goal: { atMost: 5000 },
    prepare: bundled,
    measure: async (p) => await resumption(bundleOf(p), 'another'),
  },
  {
    what: 'from SIGKILL in a change to its next effect, by the agent started anew',
    unit: 'ms',
    goal: { atMost: 5000 },
    prepare: bundled,
    measure: async (p) => await resumption(bundleOf(p), 'started-anew'),
  },
  {
    what: 'from `kill-switch on` to the last effect of two agents under load',
    unit: 'ms',
    goal: { atMost: 2000 },
    prepare: bundled,
    measure: async (p) => await stopping(bundleOf(p)),
  },
];
