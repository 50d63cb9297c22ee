import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { askEngine, docker } from './node-engine.ts';
import { causeIn, comesTrue } from './walk-scene.ts';
import type { Walk, WalkScene } from './walk-scene.ts';
import { deployment, image } from './workloads.ts';

/** A busy engine may end a copy early, which only loading it tells: then it is copied again. */
async function comesAcross(scene: WalkScene, from: string, file: string, tries = 3): Promise<void> {
  await docker(scene, ['cp', from, file]);
  const { code, said } = await askEngine(scene, ['load', '--quiet', '--input', file]);
  if (code === 0) return;
  expect(tries, `docker load: ${said}`).toBeGreaterThan(1);
  await comesAcross(scene, from, file, tries - 1);
}

/**
 * Gives this machine's engine an image of that name, with what a node has of another; no node keeps it under that name.
 * By way of files: what a busy engine streams out of a container may end early without a word.
 */
async function haveLocally(scene: WalkScene, name: string): Promise<void> {
  const [node = ''] = scene.bed.nodes;
  const images = ['exec', node, 'ctr', '--namespace=k8s.io', 'images'];
  const full = `docker.io/library/${name}`;
  const archive = `${name.replace(':', '-')}.tar`;
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-walk-image-'));
  const platform = `linux/${process.arch === 'arm64' ? 'arm64' : 'amd64'}`;
  try {
    await docker(scene, [...images, 'tag', image, full]);
    await docker(scene, [...images, 'export', '--platform', platform, `/root/${archive}`, full]);
    await comesAcross(scene, `${node}:/root/${archive}`, join(folder, archive));
  } finally {
    await askEngine(scene, [...images, 'rm', full]);
    await askEngine(scene, ['exec', node, 'rm', '-f', `/root/${archive}`]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function forget(scene: WalkScene, name: string): Promise<void> {
  await askEngine(scene, ['image', 'rm', '--force', name]);
  for (const node of scene.bed.nodes) {
    const full = `docker.io/library/${name}`;
    await askEngine(scene, ['exec', node, 'ctr', '--namespace=k8s.io', 'images', 'rm', full]);
  }
}

/** The pod may not pull, and no node has its image: this machine has. */
const loaded: Walk = async (scene) => {
  const name = `walk-${Date.now().toString(36)}:dev`;
  const namespace = await scene.namespace(deployment('web', { image: name, policy: 'Never' }));
  const { cause, proposals } = await causeIn(scene, namespace, 'pod.image.never-pull');
  const requests = proposals.filter(({ action }) => action === 'load-image-into-kind');
  expect(requests).toHaveLength(1);
  await haveLocally(scene, name);
  try {
    const change = await scene.carryOut(requests, cause);
    expect(change.state, change.says).toBe('succeeded');
    await comesTrue(
      'the pod runs',
      async () => (await scene.read('Deployment', namespace, 'web'))?.status['readyReplicas'] === 1,
    );
    await expect(scene.agent.propose(requests)).rejects.toMatchObject({
      code: 'change.refused',
      message: expect.stringContaining('Every node of the Kind cluster'),
    });
  } finally {
    await forget(scene, name);
  }
};

const nowhere: Walk = async (scene) => {
  const namespace = await scene.namespace(deployment('web', { image: 'walk-nowhere:dev', policy: 'Never' }));
  const { cause, proposals } = await causeIn(scene, namespace, 'pod.image.never-pull');
  const change = await scene.carryOut(
    proposals.filter(({ action }) => action === 'load-image-into-kind'),
    cause,
  );
  expect(change.state).toBe('failed');
  expect(change.says).toContain('Nothing was changed: docker on this machine has no image walk-nowhere:dev.');
};

export const kindImageWalks: Readonly<Record<string, Walk>> = {
  'load-image-into-kind: a pod that may not pull starts with the image of this machine': loaded,
  'load-image-into-kind: an image that this machine does not have is said so, and nothing is changed': nowhere,
};
