import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalEvent } from '../../packages/domain/src/local-cluster.ts';
import { listNodes, writePodNetwork } from '../bed/cluster/pod-network.ts';
import { readState } from '../bed/cluster/state.ts';
import type { KindBed } from '../bed/fixtures.ts';
import { dockerAt } from '../bed/host/docker.ts';
import { lacksSysResource } from '../bed/host/machine.ts';

const entry = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'src', 'entry.ts');
const limitMs = 600_000;
const nodes = 3;

/** How a run of `autodevops local` ended, and what it told on the way (`-o jsonl`). */
export interface LocalRunOnMachine {
  readonly code: number | undefined;
  readonly output: string;
  readonly said: string;
  readonly events: readonly LocalEvent[];
}

export interface LocalRunning {
  readonly ended: Promise<LocalRunOnMachine>;
  readonly send: (signal: NodeJS.Signals) => void;
  /** Resolves when it tells an event that fits; throws when it ends before. */
  readonly tells: (fits: (event: LocalEvent) => boolean) => Promise<void>;
}

/** `autodevops local` on the bed's engine, with a state and a kubeconfig of its own. */
export interface LocalMachine {
  readonly kubeconfig: string;
  readonly start: (args: readonly string[]) => LocalRunning;
  readonly run: (args: readonly string[]) => Promise<LocalRunOnMachine>;
  /** As `run`, and a code other than 0 is an error. */
  readonly must: (args: readonly string[]) => Promise<LocalRunOnMachine>;
  /** What `kind create cluster` is told by the configuration, for a comparison with the bare one. */
  readonly kindConfiguration: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /**
   * On a machine without a registry a cluster brings no pod network; then this is who installs one, as soon as Kubernetes
   * runs, until the signal.
   */
  readonly bringPodNetwork: (signal: AbortSignal) => Promise<void>;
  /** Ends what still runs, and takes away what it made. */
  readonly close: () => Promise<void>;
}

function kindConfiguration(built: boolean): string {
  const gates = lacksSysResource() ? '  featureGates: {KubeletInUserNamespace: true}\n' : '';
  const kubelet = `kubeadmConfigPatches:\n- |\n  kind: KubeletConfiguration\n  apiVersion: kubelet.config.k8s.io/v1beta1\n  cgroupDriver: systemd\n${gates}`;
  return `${kubelet}${built ? 'networking: {disableDefaultCNI: true}\n' : ''}`;
}

function eventsIn(output: string): readonly LocalEvent[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{"type":'))
    .map((line) => LocalEvent.parse(JSON.parse(line)));
}

function follow(child: ChildProcess): LocalRunning {
  let [output, said] = ['', ''];
  let over = false;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const late = setTimeout(() => child.kill('SIGKILL'), limitMs);
  const ended = new Promise<LocalRunOnMachine>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      over = true;
      clearTimeout(late);
      resolve({ code: code ?? undefined, output, said, events: eventsIn(output) });
    });
  });
  return {
    ended,
    send: (signal) => void child.kill(signal),
    tells: async (fits) => {
      while (!eventsIn(output.slice(0, output.lastIndexOf('\n') + 1)).some(fits)) {
        if (over) throw new Error(`it ended before it told that:\n${output}\n${said}`);
        await sleep(50);
      }
    },
  };
}

/** The details of what was unexpected. */
function keptErrors(folder: string): string {
  const log = join(folder, 'state', 'autodevops', 'errors.log');
  return existsSync(log) ? readFileSync(log, 'utf8') : '';
}

async function installPodNetwork(bed: KindBed, kubeconfig: string): Promise<void> {
  if ((await listNodes(kubeconfig)).length === nodes) {
    await writePodNetwork(dockerAt(bed.dockerHost), kubeconfig, nodes);
  }
}

/** `name`: of the cluster; `more`: of the configuration's `cluster`; `program`: another form of the command line. */
export function localMachine(
  bed: KindBed,
  name: string,
  more: Readonly<Record<string, unknown>> = {},
  program = entry,
): LocalMachine {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-local-'));
  const [configuration, kind, kubeconfig] = [
    join(folder, 'local-config.yaml'),
    join(folder, 'kind.yaml'),
    join(folder, 'kubeconfig'),
  ];
  const built = readState(bed.name)?.way === 'build';
  writeFileSync(kind, kindConfiguration(built));
  const cluster = {
    type: 'kind',
    name,
    nodes,
    kubeconfig: './kubeconfig',
    kindConfiguration: './kind.yaml',
    resources: { overHalf: true },
    ...more,
  };
  writeFileSync(
    configuration,
    JSON.stringify({ mode: 'local', cluster, agents: { scarlet: { autonomy_level: 'development' } } }),
  );
  const environment = {
    ...process.env,
    XDG_STATE_HOME: join(folder, 'state'),
    NO_COLOR: '1',
    AUTODEVOPS_CONFIG: configuration,
    AUTODEVOPS_KIND: bed.kindBinary,
    AUTODEVOPS_NODE_IMAGE: readState(bed.name)?.nodeImage,
    ...(bed.dockerHost === undefined ? {} : { DOCKER_HOST: bed.dockerHost }),
  };
  const started: LocalRunning[] = [];
  const start = (args: readonly string[]): LocalRunning => {
    const running = follow(
      spawn(process.execPath, [program, 'local', ...args], {
        cwd: folder,
        env: environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
    started.push(running);
    return running;
  };
  const run = (args: readonly string[]): Promise<LocalRunOnMachine> => start(args).ended;
  return {
    kubeconfig,
    start,
    run,
    environment,
    kindConfiguration: kindConfiguration(built),
    must: async (args) => {
      const ran = await run(args);
      if (ran.code !== 0) {
        throw new Error(
          `autodevops local ${args.join(' ')} ended with ${ran.code ?? 'a signal'}:\n${ran.output}\n${ran.said}\n${keptErrors(folder)}`,
        );
      }
      return ran;
    },
    bringPodNetwork: async (signal) => {
      // Again and again: routes go with each stop, and a reset has another cluster at the same address.
      if (!built) return;
      while (!signal.aborted) {
        await installPodNetwork(bed, kubeconfig).catch(() => undefined);
        await sleep(1_000, undefined, { signal }).catch(() => undefined);
      }
    },
    close: async () => {
      for (const running of started) running.send('SIGINT');
      await Promise.all(started.map(({ ended }) => ended.catch(() => undefined)));
      await run(['down', '--yes']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
