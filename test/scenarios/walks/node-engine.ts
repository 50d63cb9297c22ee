import { expect } from 'vitest';
import { runEngine } from '../../../packages/kube/src/kind/engine-command.ts';
import type { WalkScene } from './walk-scene.ts';

const withinMs = 90_000;

/** What the engine in which the bed's nodes run says to a command. */
export async function askEngine(
  { bed }: WalkScene,
  args: readonly string[],
): Promise<Awaited<ReturnType<typeof runEngine>>> {
  const variables = { ...process.env, ...(bed.dockerHost === undefined ? {} : { DOCKER_HOST: bed.dockerHost }) };
  return await runEngine({ name: 'docker', variables }, args, { signal: AbortSignal.timeout(withinMs), withinMs });
}

/** A command of the engine that has to succeed. */
export async function docker(scene: WalkScene, args: readonly string[]): Promise<void> {
  const ended = await askEngine(scene, args);
  expect(ended.code, `docker ${args.join(' ')}: ${ended.said}`).toBe(0);
}
