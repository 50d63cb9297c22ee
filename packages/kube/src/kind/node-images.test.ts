import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeImages } from '@autodevops/domain/ports/node-images';
import { expect, it } from 'vitest';
import { failureOf } from '../testing/failure-of.ts';
import { testFolder } from '../testing/test-folder.ts';
import { isHere } from './kind-nodes.ts';
import { openNodeImages } from './node-images.ts';

/** Stands for docker: two nodes of the cluster "dev", a load balancer, an image in one of them. Notes what it was asked. */
const script = `#!/bin/sh
echo "$*" >> "$NOTES"
case "$1" in
  context) echo "\${ENGINE_AT:-unix:///var/run/docker.sock}" ;;
  ps) case "$*" in *cluster=dev*) printf 'dev-control-plane\\tcontrol-plane\\ndev-worker\\tworker\\ndev-lb\\texternal-load-balancer\\n' ;; esac ;;
  image) case "$5" in web:*) echo sha256:1 ;; *) echo "Error response from daemon: No such image: $5" >&2; exit 1 ;; esac ;;
  save) [ "$2" = web:hang ] && exec sleep 60; [ "$2" = web:broken ] && { echo "disk is full" >&2; exit 1; }; printf 'archive of %s' "$2" ;;
  exec) case "$*" in
    *ls*) [ -n "$SICK" ] && { echo "cannot connect to containerd" >&2; exit 1; }
      echo docker.io/library/web:both; case "$*" in *dev-control-plane*) echo docker.io/library/web:1 ;; esac ;;
    *dump*) printf "[plugins.'io.containerd.cri.v1.images']\\n  snapshotter = 'native'\\n" ;;
    *import*) cat > "$TAKEN.$3" ;;
  esac ;;
esac
`;

interface Stage {
  readonly images: NodeImages;
  readonly notes: () => readonly string[];
  readonly taken: (node: string) => string;
}

function stage(more: Readonly<Record<string, string>> = {}): Stage {
  const folder = testFolder({ docker: script });
  const variables = {
    PATH: `${folder}:${process.env['PATH'] ?? ''}`,
    NOTES: join(folder, 'notes'),
    TAKEN: join(folder, 'taken'),
    ...more,
  };
  return {
    images: openNodeImages({ variables, engines: ['docker'] }),
    notes: () => (existsSync(variables.NOTES) ? readFileSync(variables.NOTES, 'utf8').trimEnd().split('\n') : []),
    taken: (node) => readFileSync(`${variables.TAKEN}.${node}`, 'utf8'),
  };
}

const soon = (): { readonly signal: AbortSignal } => ({ signal: AbortSignal.timeout(20_000) });

it('says that an image is there only when every node has it', async () => {
  const { images } = stage();
  expect(await images.has('dev', 'web:both', soon())).toBe(true);
  expect(await images.has('dev', 'web:1', soon())).toBe(false);
});

it('does not take a node that cannot be asked for one without the image', async () => {
  expect(await failureOf(stage({ SICK: 'yes' }).images.has('dev', 'web:1', soon()))).toMatchObject({
    message: expect.stringContaining('cannot connect to containerd'),
  });
});

it('loads an image of this machine into every node but the load balancer', async () => {
  const { images, taken, notes } = stage();
  const said: string[] = [];
  await images.load('dev', 'web:1', { ...soon(), onProgress: (says) => said.push(says) });
  for (const node of ['dev-control-plane', 'dev-worker']) expect(taken(node)).toBe('archive of web:1');
  expect(said).toEqual(['Loading web:1 into node dev-control-plane.', 'Loading web:1 into node dev-worker.']);
  expect(notes().some((note) => note.includes('dev-lb'))).toBe(false);
  expect(notes()).toContain('exec -i dev-worker ctr --namespace=k8s.io images import --digests --snapshotter=native -');
});

it('says when the engine has no such image, and what broke when it cannot be saved', async () => {
  const { images } = stage();
  expect(await failureOf(images.load('dev', 'other:1', soon()))).toMatchObject({
    code: 'image.not-found',
    message: 'docker on this machine has no image other:1.',
  });
  expect(await failureOf(images.load('dev', 'web:broken', soon()))).toMatchObject({
    message: 'docker could not save web:broken: disk is full.',
  });
});

it('knows only clusters of this machine', async () => {
  expect((await failureOf(stage().images.has('prod', 'web:1', soon()))).code).toBe('cluster.not-found');
  expect(
    (await failureOf(stage({ ENGINE_AT: 'tcp://build.example:2376' }).images.load('dev', 'web:1', soon()))).code,
  ).toBe('cluster.not-found');
  expect(['', 'unix:///run/x.sock', 'npipe:////./pipe/docker', 'tcp://127.0.0.1:2375'].every(isHere)).toBe(true);
  expect(['tcp://10.0.0.1:2375', 'ssh://ann@build.example', 'nonsense'].some(isHere)).toBe(false);
});

it('asks no command about names that could be something else to it', async () => {
  const { images, notes } = stage();
  for (const image of ['--all', '-v', '', 'web;rm', 'web 1', '$(id)']) {
    expect((await failureOf(images.load('dev', image, soon()))).code).toBe('image.not-found');
  }
  for (const cluster of ['--all', '', 'a b', 'dev --filter x']) {
    expect((await failureOf(images.has(cluster, 'web:1', soon()))).code).toBe('cluster.not-found');
  }
  expect(notes()).toEqual([]);
});

it('says so where there is no engine', async () => {
  const images = openNodeImages({ variables: { PATH: testFolder() }, engines: ['docker', 'podman'] });
  expect(await failureOf(images.has('dev', 'web:1', soon()))).toMatchObject({
    code: 'cluster.not-found',
    message: 'No Kind cluster "dev" runs on this machine (docker and podman asked).',
  });
});

it('ends what it started when it is told to stop', async () => {
  const { images } = stage();
  const stop = new AbortController();
  const loading = images.load('dev', 'web:hang', {
    signal: stop.signal,
    onProgress: () => setTimeout(() => stop.abort(), 50),
  });
  expect((await failureOf(loading)).code).toBe('interrupted');
});
