import { onContainers } from '../engine/node-containers.ts';
import { existing, lookAround } from './life.ts';
import type { Life, Scene } from './life.ts';
import { waitUntilReady, writeKubeconfig } from './fit-cluster.ts';
import { findKind } from './kind-program.ts';
import { statusOf } from './status.ts';
import type { StepLog } from './step-log.ts';

/** An engine gives a container ten seconds to stop by itself. */
const powerMs = 120_000;

/** Starts the nodes' containers, the control plane first: workers look for it. */
export async function startNodes({ signal }: Life, { found, containers }: Scene, log: StepLog): Promise<void> {
  log.begin('start');
  const bounds = { signal, withinMs: powerMs };
  await onContainers(
    found.engine,
    ['unpause'],
    containers.filter(({ paused }) => paused),
    bounds,
  );
  const stopped = containers.filter(({ running }) => !running);
  await onContainers(
    found.engine,
    ['start'],
    stopped.filter(({ role }) => role === 'control-plane'),
    bounds,
  );
  await onContainers(
    found.engine,
    ['start'],
    stopped.filter(({ role }) => role !== 'control-plane'),
    bounds,
  );
}

/** Starts a stopped cluster. Throws `local.*` and `interrupted`. */
export async function start(life: Life, log: StepLog): Promise<void> {
  const scene = await lookAround(life);
  const state = existing(scene, life.settings);
  const isUp = scene.phase === 'running';
  log.plan(isUp ? [] : ['start', 'kubeconfig', 'ready', 'dns']);
  if (!isUp) {
    const kind = await findKind(life.settings.kind, scene.found.name, life.variables, life.signal);
    await startNodes(life, scene, log);
    await writeKubeconfig(life, kind, state, log);
    await waitUntilReady(life, state.nodes, log);
  }
  log.done(`The local cluster "${life.settings.name}" runs${isUp ? ' already' : ''}.`, await statusOf(life));
}

/** Stops the nodes; everything in them stays. Throws `local.*` and `interrupted`. */
export async function stop(life: Life, log: StepLog): Promise<void> {
  const scene = await lookAround(life);
  existing(scene, life.settings);
  const isDown = scene.phase === 'stopped';
  log.plan(isDown ? [] : ['stop']);
  if (!isDown) {
    log.begin('stop');
    const bounds = { signal: life.signal, withinMs: powerMs };
    const { containers, found } = scene;
    await onContainers(
      found.engine,
      ['unpause'],
      containers.filter(({ paused }) => paused),
      bounds,
    );
    // Workers first, so that none reports the other as lost on its way down.
    await onContainers(
      found.engine,
      ['stop'],
      containers.filter(({ role, running }) => running && role !== 'control-plane'),
      bounds,
    );
    await onContainers(
      found.engine,
      ['stop'],
      containers.filter(({ role, running }) => running && role === 'control-plane'),
      bounds,
    );
  }
  log.done(`The local cluster "${life.settings.name}" is stopped; its contents stay.`, await statusOf(life));
}
