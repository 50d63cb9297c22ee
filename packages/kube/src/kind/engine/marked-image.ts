import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runEngine } from '../engine-command.ts';
import type { Ended, Engine } from '../engine-command.ts';
import { engineFailure } from './ended-why.ts';
import { markedName, markLabel } from './node-containers.ts';

interface Bounds {
  readonly signal: AbortSignal;
  readonly withinMs: number;
}

/** The node image with our label on it: kind sets no labels of ours, but a container inherits those of its image. */
export function markedImage(mark: string): string {
  return `${markedName}:${mark}`;
}

function maker(mark: string): string {
  return `autodevops-mark-${mark}`;
}

async function mustRun(engine: Engine, args: readonly string[], bounds: Bounds): Promise<void> {
  const ended = await runEngine(engine, args, bounds);
  if (ended.code !== 0) throw engineFailure(`${engine.name} could not label the node image (${args[0] ?? ''})`, ended);
}

async function removeMaker(engine: Engine, mark: string, bounds: Bounds): Promise<void> {
  await runEngine(engine, ['rm', '--force', '--volumes', maker(mark)], bounds);
}

/** Docker and Podman: a container that never starts, committed with a label. Nothing is copied. */
async function commit(engine: Engine, base: string, mark: string, bounds: Bounds): Promise<void> {
  const create = ['create', '--name', maker(mark), base];
  const first = await runEngine(engine, create, bounds);
  // Most likely one of a run that was killed is in the way.
  if (first.code !== 0) {
    await removeMaker(engine, mark, bounds);
    await mustRun(engine, create, bounds);
  }
  try {
    await mustRun(engine, ['commit', '--change', `LABEL ${markLabel}=${mark}`, maker(mark), markedImage(mark)], bounds);
  } finally {
    // Also after Ctrl-C, within a bound of its own.
    await removeMaker(engine, mark, { signal: AbortSignal.timeout(bounds.withinMs), withinMs: bounds.withinMs }).catch(
      () => undefined,
    );
  }
}

/** nerdctl's commit knows no LABEL; its build needs BuildKit. */
async function build(engine: Engine, base: string, mark: string, bounds: Bounds): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'autodevops-node-'));
  try {
    await writeFile(join(folder, 'Dockerfile'), `FROM ${base}\nLABEL ${markLabel}=${mark}\n`);
    await mustRun(engine, ['build', '--tag', markedImage(mark), folder], bounds);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Makes the labelled image unless it is there. Throws `local.failed`. */
export async function markImage(engine: Engine, base: string, mark: string, bounds: Bounds): Promise<void> {
  if (await hasImage(engine, markedImage(mark), bounds)) return;
  await (engine.name === 'nerdctl' ? build : commit)(engine, base, mark, bounds);
}

/** Takes the labelled image away; its layers stay with the node image. What cannot be taken away is left. */
export async function unmarkImage(engine: Engine, mark: string, bounds: Bounds): Promise<void> {
  await removeMaker(engine, mark, bounds);
  await runEngine(engine, ['rmi', markedImage(mark)], bounds);
}

export async function hasImage(engine: Engine, image: string, bounds: Bounds): Promise<boolean> {
  return (await runEngine(engine, ['image', 'inspect', '--format', '{{.Id}}', image], bounds)).code === 0;
}

/** How the engine answered when it was to fetch an image. */
export async function pullImage(engine: Engine, image: string, bounds: Bounds): Promise<Ended> {
  return await runEngine(engine, ['pull', '--quiet', image], bounds);
}
