import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { LocalClusterSettings } from '@autodevops/domain/ports/local-cluster';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { findEngine } from '../engine/find-engine.ts';
import type { FoundEngine } from '../engine/find-engine.ts';
import { nodeContainers } from '../engine/node-containers.ts';
import type { NodeContainer } from '../engine/node-containers.ts';
import type { ClusterState, StateFolder } from './state-folder.ts';
import { areOurs, standingOf } from './standing.ts';

/** What every part of a cluster's life works with. */
export interface Life {
  readonly settings: LocalClusterSettings;
  readonly folder: StateFolder;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The machine itself, which is not always what the engine has. Bytes and cores. */
  readonly machine: { readonly memory: number; readonly cpus: number };
  readonly signal: AbortSignal;
}

/** How things stand. */
export interface Scene {
  readonly found: FoundEngine;
  readonly containers: readonly NodeContainer[];
  readonly state: ClusterState | undefined;
  readonly phase: ReturnType<typeof standingOf>;
}

/** The engine that the cluster was made with outranks what the configuration says now. Throws `local.no-engine`. */
export async function lookAround({ settings, folder, variables, signal }: Life): Promise<Scene> {
  const state = await folder.read();
  const found = await findEngine({ wanted: state?.engine ?? settings.engine, variables }, signal);
  const containers = await nodeContainers(found.engine, settings.name, signal);
  return { found, containers, state, phase: standingOf(containers, state) };
}

/** As things stand after something was made with the same engine. */
export async function lookAgain({ settings, signal }: Life, { found }: Scene, state: ClusterState): Promise<Scene> {
  const containers = await nodeContainers(found.engine, settings.name, signal);
  return { found, containers, state, phase: standingOf(containers, state) };
}

function foreign({ name }: LocalClusterSettings): AutoDevOpsError {
  return new AutoDevOpsError(
    'local.not-ours',
    `A Kind cluster "${name}" exists that was not made from here; it is left alone.`,
    remedy`Choose another \`cluster.name\` (or ${{ do: 'choose-local-name' }}), or remove that cluster where it was made.`,
  );
}

/** Throws `local.not-ours` unless every node of that name was made from here. */
export function refuseForeign(
  { containers, state }: Pick<Scene, 'containers' | 'state'>,
  settings: LocalClusterSettings,
): void {
  if (containers.length > 0 && !areOurs(containers, state)) throw foreign(settings);
}

/** The state of a cluster that is there. Throws `local.not-there` and `local.not-ours`. */
export function existing(scene: Scene, settings: LocalClusterSettings): ClusterState {
  refuseForeign(scene, settings);
  if (scene.state === undefined || scene.phase === 'absent') {
    throw new AutoDevOpsError(
      'local.not-there',
      `There is no local cluster "${settings.name}".`,
      remedy`Make it: ${{ do: 'make-local-cluster' }}.`,
    );
  }
  if (scene.phase === 'half-made') {
    throw new AutoDevOpsError(
      'local.not-there',
      `The local cluster "${settings.name}" is half made.`,
      remedy`Go on with ${{ do: 'make-local-cluster' }}, or remove it with ${{ do: 'remove-local-cluster' }}.`,
    );
  }
  return scene.state;
}

/** As `existing`, and every node runs. Throws `local.not-running` too. */
export function running(scene: Scene, settings: LocalClusterSettings): ClusterState {
  const state = existing(scene, settings);
  if (scene.phase !== 'running') {
    throw new AutoDevOpsError(
      'local.not-running',
      `The local cluster "${settings.name}" is ${scene.phase === 'stopped' ? 'stopped' : 'not whole: a node is stopped'}.`,
      remedy`Start it: ${{ do: 'start-local-cluster' }}.`,
    );
  }
  return state;
}
