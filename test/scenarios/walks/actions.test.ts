import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { autoscalerWalks } from './autoscaler.ts';
import { cronJobWalks } from './cron-jobs.ts';
import { finalizerWalks } from './finalizers.ts';
import { bareRepository, gitWalks } from './git-changes.ts';
import { jobWalks } from './jobs.ts';
import { kindImageWalks } from './kind-images.ts';
import { manifestWalks } from './manifests.ts';
import { markWalks } from './marks.ts';
import { planWalks } from './plans.ts';
import { plainSecretWalks } from './plain-secrets.ts';
import { podWalks } from './pods.ts';
import { rolloutWalks } from './rollouts.ts';
import { undoOfHarmWalks } from './undo-of-harm.ts';
import { volumeWalks } from './volumes.ts';
import { walkScene } from './walk-scene.ts';
import type { WalkScene } from './walk-scene.ts';

const repository = bareRepository();
let scene: WalkScene;

beforeAll(async () => {
  scene = await walkScene({ repositories: [repository.repository] });
  // Where the agent looks for the engine of Kind's nodes, as a person's shell says it.
  if (scene.bed.dockerHost !== undefined) vi.stubEnv('DOCKER_HOST', scene.bed.dockerHost);
});

afterAll(async () => {
  await scene?.close();
  vi.unstubAllEnvs();
  repository.remove();
});

/** The long one first, so that it waits beside the others. */
const walks = {
  ...finalizerWalks,
  ...podWalks,
  ...jobWalks,
  ...cronJobWalks,
  ...volumeWalks,
  ...autoscalerWalks,
  ...kindImageWalks,
  ...manifestWalks,
  ...gitWalks(() => repository.address),
  ...planWalks,
  ...undoOfHarmWalks,
  ...rolloutWalks,
  ...plainSecretWalks,
  ...markWalks,
};

describe('proposed, agreed to, done, verified and taken back', () => {
  it.concurrent.each(Object.entries(walks))(
    '%s',
    async (_name, walk) => {
      await walk(scene);
      // Two dozen at a time take half a minute each where nothing else runs; every wait in them is bounded by itself.
    },
    600_000,
  );
});
