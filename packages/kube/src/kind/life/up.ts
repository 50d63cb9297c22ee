import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { LocalStatus, LocalStep } from '@autodevops/domain/local-cluster';
import type { LocalClusterSettings } from '@autodevops/domain/ports/local-cluster';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { clearCluster, removeCluster } from './down.ts';
import { bringsPodNetwork } from './kind-configuration.ts';
import { fitCluster, waitUntilReady, writeKubeconfig, loadImages } from './fit-cluster.ts';
import { kindFor, kindVersionOf } from './kind-program.ts';
import type { KindProgram } from './kind-program.ts';
import { existing, lookAgain, lookAround, refuseForeign } from './life.ts';
import type { Life, Scene } from './life.ts';
import { ceilingOf, clearHalfMade, hasLeftovers, madeFrom, makeCluster } from './make-cluster.ts';
import { startNodes } from './power.ts';
import { portTroubles } from './port-check.ts';
import { statusIn, statusOf } from './status.ts';
import type { ClusterState } from './state-folder.ts';
import type { StepLog } from './step-log.ts';

type Bounds = Pick<LocalClusterSettings, 'registryMirrors' | 'images' | 'nodes'>;

function fitting({ registryMirrors, images }: Bounds, bounded: boolean, wait: boolean): readonly LocalStep[] {
  return [
    'kubeconfig',
    ...(Object.keys(registryMirrors).length > 0 ? ['mirrors' as const] : []),
    ...(bounded ? ['ceiling' as const] : []),
    ...(images.length > 0 ? ['images' as const] : []),
    ...(wait ? ['ready' as const, 'dns' as const] : []),
  ];
}

export interface UpPlan {
  readonly phase: Scene['phase'];
  /** Of what is there. */
  readonly state: Pick<ClusterState, 'phase'> | undefined;
  readonly leftover: boolean;
  readonly bounded: boolean;
  readonly network: boolean;
  readonly wait: boolean;
}

/** What `up` has to do, in order, from how things stand; nothing where nothing is to do. */
export function upSteps(
  settings: Bounds,
  { phase, state, leftover, bounded, network, wait }: UpPlan,
): readonly LocalStep[] {
  if (phase === 'running' && state?.phase === 'finished') return settings.images.length > 0 ? ['images'] : [];
  if (phase === 'running') return fitting(settings, bounded, wait);
  if (phase === 'stopped' || phase === 'partly-running') {
    return [
      'start',
      ...(state?.phase === 'finished' ? (wait ? (['ready', 'dns'] as const) : []) : fitting(settings, bounded, wait)),
    ];
  }
  const making: readonly LocalStep[] = [
    'image',
    'mark',
    'nodes',
    'control-plane',
    ...(network ? ['network' as const] : []),
    'storage',
    ...(settings.nodes > 1 ? ['workers' as const] : []),
  ];
  return [...(leftover ? ['clear' as const] : []), ...making, ...fitting(settings, bounded, wait)];
}

async function refuseTakenPorts({ settings, signal }: Life): Promise<void> {
  const [trouble] = await portTroubles(settings.ports, signal);
  if (trouble !== undefined) throw new AutoDevOpsError('local.port-taken', trouble.says, trouble.remedy);
}

function noteOtherSettings({ settings }: Life, state: ClusterState, log: StepLog): void {
  if (state.madeFrom === madeFrom(settings)) return;
  log.note(
    "The configuration differs from what this cluster was made from (nodes, version, ports, mounts or kind's own settings).",
    remedy`${{ do: 'reset-local-cluster' }} makes it anew; ${{ do: 'snapshot-local-cluster', secrets: false }} keeps its objects first.`,
  );
}

async function make(life: Life, scene: Scene, kind: KindProgram, wait: boolean, log: StepLog): Promise<LocalStatus> {
  if (hasLeftovers(scene)) {
    log.begin('clear');
    // The image of one that is gone is labelled anew: the version that is wanted now may be another.
    await (scene.phase === 'absent' ? clearCluster : clearHalfMade)(life, scene, log);
  }
  await refuseTakenPorts(life);
  const state = await makeCluster(life, scene, kind, log);
  const after = await lookAgain(life, scene, state);
  refuseForeign(after, life.settings);
  if (after.phase !== 'running') {
    throw new AutoDevOpsError(
      'local.failed',
      `kind came to its end, but ${after.containers.filter(({ running }) => running).length} of ${state.nodes} nodes run.`,
      remedy`Look at the container engine; ${{ do: 'make-local-cluster' }} makes it again.`,
    );
  }
  await fitCluster(life, after, { kind, state, wait, isNew: true }, log);
  return await statusIn(life, after);
}

async function goOn(life: Life, scene: Scene, kind: KindProgram, wait: boolean, log: StepLog): Promise<LocalStatus> {
  const state = existing(scene, life.settings);
  noteOtherSettings(life, state, log);
  if (scene.phase !== 'running') await startNodes(life, scene, log);
  if (state.phase !== 'finished') await fitCluster(life, scene, { kind, state, wait, isNew: false }, log);
  else if (scene.phase === 'running') await loadImages(life, scene, life.settings.images, 'images', log);
  else {
    await writeKubeconfig(life, kind, state, log);
    if (wait) await waitUntilReady(life, state.nodes, log);
  }
  return await statusOf(life);
}

interface Prepared {
  readonly scene: Scene;
  readonly kind: KindProgram;
  readonly bounded: boolean;
}

/** Everything that can be known to be wrong before anything is touched. */
async function prepare(life: Life): Promise<Prepared> {
  const { settings, variables, signal } = life;
  // Asked at the same time; what the engine says is told first.
  const version = kindVersionOf(settings.kind, variables, signal);
  version.catch(() => undefined);
  const scene = await lookAround(life);
  refuseForeign(scene, settings);
  const kind = kindFor(settings.kind, scene.found.name, variables, await version);
  const { memory, cpus } = ceilingOf(life, scene);
  return { scene, kind, bounded: memory !== undefined || cpus !== undefined };
}

function stepsFrom({ settings }: Life, scene: Scene, { bounded }: Prepared, wait: boolean): readonly LocalStep[] {
  const { phase, state } = scene;
  return upSteps(settings, {
    phase,
    state,
    leftover: hasLeftovers(scene),
    bounded,
    network: bringsPodNetwork(settings),
    wait,
  });
}

/** Makes the cluster, goes on with what was begun, or starts it. Throws `local.*`, `cluster.*`, `interrupted`. */
export async function up(life: Life, { wait }: { readonly wait: boolean }, log: StepLog): Promise<void> {
  const { name } = life.settings;
  const prepared = await prepare(life);
  const { scene, kind } = prepared;
  const steps = stepsFrom(life, scene, prepared, wait);
  log.plan(steps);
  const isThere = scene.phase !== 'absent' && scene.phase !== 'half-made';
  const status = await (isThere ? goOn : make)(life, scene, kind, wait, log);
  log.done(`The local cluster "${name}" runs${steps.length === 0 ? ' already' : ''}.`, status);
}

/** Removes the cluster and makes it anew. What can be known to be wrong is, before anything is removed. Throws as `up`. */
export async function reset(life: Life, { wait }: { readonly wait: boolean }, log: StepLog): Promise<void> {
  const prepared = await prepare(life);
  const { scene, kind } = prepared;
  const fresh: Scene = { ...scene, containers: [], state: undefined, phase: 'absent' };
  log.plan([...(scene.state === undefined ? [] : ['remove' as const]), ...stepsFrom(life, fresh, prepared, wait)]);
  await removeCluster(life, scene, log);
  const status = await make(life, fresh, kind, wait, log);
  log.done(`The local cluster "${life.settings.name}" is made anew, and runs.`, status);
}
