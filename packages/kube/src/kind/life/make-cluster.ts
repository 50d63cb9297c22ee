import { createHash, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { LocalClusterSettings } from '@autodevops/domain/ports/local-cluster';
import { canonicalJson } from '@autodevops/domain/canonical-json';
import { onContainers } from '../engine/node-containers.ts';
import { hasImage, markImage, markedImage, pullImage } from '../engine/marked-image.ts';
import { identify } from '../engine/process-identity.ts';
import { kindConfigurationText } from './kind-configuration.ts';
import { stepBegunBy } from './kind-output.ts';
import { createWithKind, endMaker } from './kind-program.ts';
import type { KindProgram } from './kind-program.ts';
import { explained } from './known-trouble.ts';
import type { Life, Scene } from './life.ts';
import { nodeImageFor } from './node-image.ts';
import { ceilingFor, setAside } from './resource-ceiling.ts';
import type { Ceiling } from './resource-ceiling.ts';
import type { ClusterState } from './state-folder.ts';
import type { StepLog } from './step-log.ts';

const lookMs = 30_000;
const pullMs = 1_800_000;
const markMs = 300_000;
export const removeMs = 180_000;

/** A short name of what can only be set while a cluster is made: when it differs, `reset` is needed. */
export function madeFrom({ nodes, kubernetes, image, ports, mounts, kindConfiguration }: LocalClusterSettings): string {
  const text = canonicalJson({
    nodes,
    kubernetes: kubernetes ?? '',
    image: image ?? '',
    ports,
    mounts,
    kind: kindConfiguration?.text ?? '',
  });
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The bound of this configuration on this machine. Throws `local.too-small`. */
export function ceilingOf({ settings, machine }: Life, { found }: Pick<Scene, 'found'>): Ceiling {
  const { memory, cpus } = found.facts;
  return ceilingFor(settings.nodes, settings.ceiling, {
    ...machine,
    engineMemory: memory === 0 ? machine.memory : memory,
    engineCpus: cpus === 0 ? machine.cpus : cpus,
  });
}

/** Whether an interrupted run, or a cluster that somebody removed elsewhere, left something that is in the way of a new one. */
export function hasLeftovers({ phase, containers, state }: Pick<Scene, 'phase' | 'containers' | 'state'>): boolean {
  if (phase === 'absent') return state !== undefined;
  const maker = state?.maker ?? null;
  return phase === 'half-made' && (containers.length > 0 || maker !== null);
}

/** Removes what an interrupted run began: its kind if that still goes on, and the containers that carry our mark. */
export async function clearHalfMade({ folder, signal }: Life, { found, containers, state }: Scene): Promise<void> {
  await endMaker(state?.maker ?? null);
  await onContainers(found.engine, ['rm', '--force', '--volumes'], containers, { signal, withinMs: removeMs });
  await rm(folder.kubeconfig, { force: true });
}

async function fetchImage(base: string, { found }: Scene, { signal }: Life, log: StepLog): Promise<void> {
  log.begin('image');
  const { engine } = found;
  if (await hasImage(engine, base, { signal, withinMs: lookMs })) return;
  log.tell(`${engine.name} fetches ${base}`);
  const ended = await pullImage(engine, base, { signal, withinMs: pullMs });
  if (ended.code !== 0) {
    throw explained(`${base} could not be fetched`, ended.why === 'late' ? 'i/o timeout' : ended.said);
  }
}

function newState({ settings }: Life, { found, state }: Scene, now: string): ClusterState {
  const { name, nodes, configuration, kubeconfig } = settings;
  return {
    version: 1,
    name,
    nodes,
    engine: found.name,
    phase: 'making',
    createdAt: now,
    madeFrom: madeFrom(settings),
    maker: null,
    // The same one as before: the labelled image of an interrupted run is used again.
    mark: state?.mark ?? randomBytes(8).toString('hex'),
    configuration: configuration ?? null,
    kubeconfig: kubeconfig ?? null,
  };
}

function createArguments({ settings, folder }: Life, mark: string): readonly string[] {
  return [
    '--name',
    settings.name,
    '--config',
    folder.kindConfiguration,
    '--image',
    markedImage(mark),
    ...(settings.kubeconfig === undefined ? [] : ['--kubeconfig', settings.kubeconfig]),
  ];
}

/**
 * Makes the nodes and Kubernetes in them. What is being made is written down before anything is, so that whatever is
 * left after an interruption is known as ours. Throws `local.*` and `interrupted`.
 */
export async function makeCluster(life: Life, scene: Scene, kind: KindProgram, log: StepLog): Promise<ClusterState> {
  const { settings, folder, signal } = life;
  const { engine, facts } = scene.found;
  const engineMemory = facts.memory === 0 ? life.machine.memory : facts.memory;
  const aside = setAside(ceilingOf(life, scene), settings.nodes, engineMemory);
  const text = kindConfigurationText(settings, { setAside: aside, cgroup: facts.cgroup });
  const state = newState(life, scene, new Date().toISOString());
  await folder.write(state);
  await folder.keep(folder.kindConfiguration, text);
  const base = nodeImageFor(settings, kind.version);
  await fetchImage(base, scene, life, log);
  log.begin('mark');
  await markImage(engine, base, state.mark, { signal, withinMs: markMs });
  log.begin('nodes');
  let remembered: Promise<void> = Promise.resolve();
  try {
    await createWithKind(kind, {
      args: createArguments(life, state.mark),
      log: folder.log,
      signal,
      onStart: (pid) => {
        remembered = rememberMaker(life, state, pid);
      },
      onLine: (line) => {
        const step = stepBegunBy(line);
        if (step !== undefined) log.begin(step);
      },
    });
  } finally {
    await remembered;
  }
  const made: ClusterState = { ...state, phase: 'made' };
  await folder.write(made);
  return made;
}

/** For the next run, should this one be killed. What cannot be written is no reason to stop: `down` finds the nodes anyway. */
async function rememberMaker({ folder }: Life, state: ClusterState, pid: number): Promise<void> {
  const maker = await identify(pid);
  await folder.write({ ...state, maker }).catch(() => undefined);
}
