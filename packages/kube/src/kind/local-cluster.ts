import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { LocalEvent } from '@autodevops/domain/local-cluster';
import type { LocalCluster, LocalClusterSettings } from '@autodevops/domain/ports/local-cluster';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { loadImages } from './life/fit-cluster.ts';
import { doctorOf } from './life/doctor.ts';
import { down } from './life/down.ts';
import { eventStream } from './life/event-stream.ts';
import { exportKubeconfig, findKind, kubeconfigOf } from './life/kind-program.ts';
import { lookAround, running } from './life/life.ts';
import type { Life } from './life/life.ts';
import { start, stop } from './life/power.ts';
import { withRunLock } from './life/run-lock.ts';
import { stateFolder } from './life/state-folder.ts';
import { statusOf } from './life/status.ts';
import { keepTimes, stepLog } from './life/step-log.ts';
import type { StepLog } from './life/step-log.ts';
import { reset, up } from './life/up.ts';
import { restore, snapshot } from './objects/life-of-objects.ts';

export interface LocalClusterOptions {
  readonly settings: LocalClusterSettings;
  /** Where the state of all local clusters is kept. */
  readonly root: string;
  /** The environment that engine and kind run in; this process's when absent. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Of the machine, bytes and cores; asked of it when absent. */
  readonly machine?: { readonly memory: number; readonly cpus: number };
}

/** A name that is safe in paths, container names and contexts; kind takes more, and warns of names over 50. */
function checkName(name: string): void {
  if (/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(name)) return;
  throw new AutoDevOpsError(
    'config.invalid',
    `"${name.slice(0, 60)}" cannot be the name of a local cluster.`,
    'Use 1 to 40 lower-case letters, digits and dashes.',
  );
}

/** The configuration that the cluster of that name was made from. Undefined where there is none, or it is not known. */
export async function rememberedConfiguration(root: string, name: string): Promise<string | undefined> {
  checkName(name);
  return (await stateFolder(root, name).read())?.configuration ?? undefined;
}

async function load(life: Life, images: readonly string[], log: StepLog): Promise<void> {
  const scene = await lookAround(life);
  running(scene, life.settings);
  log.plan(['load']);
  await loadImages(life, scene, images, 'load', log);
  log.done(`${images.join(', ')} ${images.length === 1 ? 'is' : 'are'} in every node.`, await statusOf(life));
}

/** One local cluster of this machine. Nothing is asked or done yet. Throws `config.invalid`. */
export function openLocalCluster({
  settings,
  root,
  variables = process.env,
  machine = { memory: totalmem(), cpus: cpus().length },
}: LocalClusterOptions): LocalCluster {
  checkName(settings.name);
  const folder = stateFolder(root, settings.name);
  const snapshots = join(root, 'snapshots');
  const lifeWith = (signal: AbortSignal): Life => ({ settings, folder, variables, machine, signal });

  /** One verb: alone on its cluster, told step by step, its times kept also when it is cut short. */
  const verb = (
    name: string,
    given: AbortSignal,
    work: (life: Life, log: StepLog) => Promise<void>,
  ): AsyncIterable<LocalEvent> =>
    eventStream(given, async (emit, signal) => {
      await withRunLock(folder.lock, async () => {
        const { log, took } = stepLog({ verb: name, times: await folder.times(), now: () => performance.now(), emit });
        try {
          await work(lifeWith(signal), log);
        } finally {
          await keepTimes(folder, took());
        }
      });
    });

  return {
    up: ({ signal, wait = true }) => verb('up', signal, (life, log) => up(life, { wait }, log)),
    down: ({ signal }) => verb('down', signal, down),
    // Its steps are those of `up`, and so are their times.
    reset: ({ signal, wait = true }) => verb('up', signal, (life, log) => reset(life, { wait }, log)),
    stop: ({ signal }) => verb('stop', signal, stop),
    start: ({ signal }) => verb('start', signal, start),
    load: (images, { signal }) => verb('load', signal, (life, log) => load(life, images, log)),
    snapshot: ({ signal, file, secrets }) =>
      verb('snapshot', signal, (life, log) => snapshot(life, { file, folder: snapshots, secrets }, log)),
    restore: ({ signal, file }) =>
      verb('restore', signal, (life, log) => restore(life, { file, folder: snapshots }, log)),
    status: async ({ signal }) => await statusOf(lifeWith(signal)),
    doctor: async ({ signal }) => ({ name: settings.name, checks: [...(await doctorOf(lifeWith(signal)))] }),
    kubeconfig: async ({ signal, merge }) => {
      const life = lifeWith(signal);
      const scene = await lookAround(life);
      const state = running(scene, settings);
      const kind = await findKind(settings.kind, scene.found.name, variables, signal);
      const text = await kubeconfigOf(kind, settings.name, signal);
      if (merge) await exportKubeconfig(kind, settings.name, state.kubeconfig, signal);
      return text;
    },
  };
}
