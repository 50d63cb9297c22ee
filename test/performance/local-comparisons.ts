import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bedUnavailableReason, ensureKind } from '../bed/fixtures.ts';
import { builtCommand } from '../faults/built-command.ts';
import { localMachine } from '../scenarios/local-machine.ts';
import type { LocalMachine } from '../scenarios/local-machine.ts';
import type { Comparison } from './comparisons.ts';

type Prepared = Awaited<ReturnType<Comparison['prepare']>>;

const run = promisify(execFile);
const limitMs = 600_000;
const bareName = 'autodevops-bare';

interface Scene {
  readonly machine: LocalMachine;
  readonly folder: string;
  readonly kind: string;
  readonly image: string;
}

/** By the folder that `url` names. */
const scenes = new Map<string, Scene>();

async function scene(): Promise<Prepared> {
  const bed = await ensureKind({ verbose: true });
  // As users get it: built.
  const command = builtCommand();
  const machine = localMachine(bed, 'autodevops-bench', {}, command.path);
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-bench-'));
  const nodes = 'nodes: [{role: control-plane}, {role: worker}, {role: worker}]\n';
  // What `local up` writes by itself where the engine has cgroup v1.
  const cgroups =
    'kubeadmConfigPatches: ["{kind: KubeletConfiguration, apiVersion: kubelet.config.k8s.io/v1beta1, failCgroupV1: false}"]\n';
  const own = machine.kindConfiguration;
  writeFileSync(
    join(folder, 'kind.yaml'),
    `kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n${nodes}${own === '' ? cgroups : own.replace('cgroupDriver', 'failCgroupV1: false\n  cgroupDriver')}`,
  );
  scenes.set(folder, {
    machine,
    folder,
    kind: bed.kindBinary,
    image: machine.environment['AUTODEVOPS_NODE_IMAGE'] ?? '',
  });
  const stop = async (): Promise<void> => {
    rmSync(folder, { recursive: true, force: true });
    try {
      await machine.close();
      await bed.stop();
    } finally {
      command.remove();
    }
  };
  return { url: folder, kubeconfig: machine.kubeconfig, pods: 0, stop };
}

function sceneOf({ url }: Prepared): Scene {
  const found = scenes.get(url);
  if (found === undefined) throw new Error('this comparison was not prepared');
  return found;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The time of the whole process, `up` alone. */
function up({ waits }: { readonly waits: boolean }): Comparison['measure'] {
  return async (prepared) => {
    const { machine } = sceneOf(prepared);
    const over = new AbortController();
    const network = waits ? machine.bringPodNetwork(over.signal) : Promise.resolve();
    try {
      return await timed(() => machine.must(['up', '--no-agent', ...(waits ? [] : ['--no-wait'])]));
    } finally {
      over.abort();
      await network;
      await machine.must(['down', '--yes']);
    }
  };
}

async function bareKind(prepared: Prepared): Promise<number> {
  const { machine, folder, kind, image } = sceneOf(prepared);
  const env = { ...machine.environment, KIND_EXPERIMENTAL_PROVIDER: 'docker' };
  const kubeconfig = ['--kubeconfig', join(folder, 'bare.kubeconfig')];
  const kindRun = (args: readonly string[]): Promise<unknown> =>
    run(kind, [...args], { env, timeout: limitMs, maxBuffer: 2 ** 24 });
  try {
    return await timed(() =>
      kindRun([
        'create',
        'cluster',
        '--name',
        bareName,
        '--config',
        join(folder, 'kind.yaml'),
        '--image',
        image,
        ...kubeconfig,
      ]),
    );
  } finally {
    await kindRun(['delete', 'cluster', '--name', bareName, ...kubeconfig]);
  }
}

const bare = { name: 'bare `kind create cluster`', measure: bareKind };

/** None on a machine that cannot run Kind. Both sides end when Kubernetes runs; a second row also waits for nodes and DNS. */
export async function localComparisons(): Promise<readonly Comparison[]> {
  const reason = await bedUnavailableReason('kind');
  if (reason !== undefined) {
    process.stderr.write(`left out: local clusters (${reason})\n`);
    return [];
  }
  return [
    {
      what: '`local up` of three nodes, without optional parts',
      unit: 'ms',
      goal: { atMost: 1.25 },
      prepare: scene,
      measure: up({ waits: false }),
      peer: bare,
    },
    {
      what: '`local up` of three nodes, until nodes and DNS are ready',
      unit: 'ms',
      prepare: scene,
      measure: up({ waits: true }),
      peer: bare,
    },
  ];
}
