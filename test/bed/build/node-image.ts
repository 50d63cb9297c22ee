import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../host/command.ts';
import { buildImage, hasImage, LABEL, type Docker } from '../host/docker.ts';
import { lockFile, SOURCE } from '../host/folders.ts';
import { withLock } from '../host/lock.ts';
import { installPackages, lacksSysResource } from '../host/machine.ts';
import { timed } from '../host/progress.ts';
import { until } from '../host/wait.ts';
import { KUBERNETES, SYSTEM_TAGS, STORAGE_TAGS } from '../versions.ts';
import { copyPrograms, copyWritable, inContext, removeOldContexts } from './context.ts';
import { GO_TOOLS, goTool, goToolPiece, kindImageFiles } from './go-tools.ts';
import { nodeRootfs, nodeRootfsPiece } from './node-rootfs.ts';
import { keyOf } from './pieces.ts';
import { buildSystemImages } from './system-images.ts';

const RECIPES = ['node', 'kube-proxy', 'single-binary', 'pause', 'busybox'].map((name) => `images/${name}`);
const SCRIPTS = ['build/node-image.ts', 'build/system-images.ts', 'build/context.ts'];

/** The name of the node image; its tag changes with anything that it is made of. */
export function nodeImageName(): string {
  const parts = [nodeRootfsPiece().key, ...GO_TOOLS.map((name) => goToolPiece(name).key)];
  return `autodevops-bed/node:v${KUBERNETES}-${keyOf([...RECIPES, ...SCRIPTS], [parts, SYSTEM_TAGS, STORAGE_TAGS, lacksSysResource()])}`;
}

/** Gives the engine a node image with every system image loaded, built if need be. */
export async function nodeImage(docker: Docker): Promise<string> {
  const image = nodeImageName();
  if (await hasImage(docker, image)) return image;
  await installPackages();
  await nodeRootfs();
  for (const part of GO_TOOLS) await goTool(part);
  return await withLock(lockFile('node-image'), 'building the node image', 1800, async () => {
    if (await hasImage(docker, image)) return image;
    await removeBuildContainers(docker);
    removeOldContexts();
    await timed(`building ${image}`, () => build(docker, image));
    return image;
  });
}

async function build(docker: Docker, image: string): Promise<void> {
  const base = image.replace('/node:', '/node-base:');
  await timed('  its base: Debian, containerd, kubelet', () => buildBase(docker, base));
  const images = await timed('  its system images', () => buildSystemImages(docker, base));
  await timed('  loading them', () => load(docker, base, images, image));
  await docker.run(['image', 'rm', base, ...images]);
  await docker.attempt(['image', 'prune', '--force', '--filter', `label=${LABEL}`]);
  await docker.attempt([
    'image',
    'prune',
    '--all',
    '--force',
    '--filter',
    `label=${LABEL}=node`,
    '--filter',
    'until=336h',
  ]);
}

async function buildBase(docker: Docker, base: string): Promise<void> {
  await inContext('node', async (context) => {
    cpSync(await nodeRootfs(), join(context, 'rootfs.tar'));
    copyWritable(await kindImageFiles(), join(context, 'kind-files'));
    const containerd = await goTool('containerd');
    copyPrograms(
      ['containerd', 'ctr', 'containerd-shim-runc-v2'].map((name) => join(containerd, name)),
      join(context, 'containerd'),
    );
    const node = await goTool('kubernetes-node');
    const kubectl = join(await goTool('kubernetes-control-plane'), 'kubectl');
    copyPrograms([join(node, 'kubeadm'), join(node, 'kubelet'), kubectl], join(context, 'kubernetes'));
    mkdirSync(join(context, 'runtime'));
    if (lacksSysResource()) cpSync(join(SOURCE, 'images/node/runc-bounded'), join(context, 'runtime/runc'));
    await buildImage(docker, context, [base], {
      KUBERNETES,
      PAUSE: SYSTEM_TAGS.pause,
      RESTRICT_OOM_SCORE: String(lacksSysResource()),
    });
  });
}

/** Runs the base with containerd alone, imports the system images, and keeps the result as the node image. */
async function load(docker: Docker, base: string, images: readonly string[], image: string): Promise<void> {
  const name = `autodevops-bed-load-${process.pid}`;
  await docker.run([
    'run',
    '--detach',
    '--name',
    name,
    '--label',
    `${LABEL}=build`,
    '--privileged',
    '--entrypoint',
    'sleep',
    base,
    '1200',
  ]);
  await docker.run(['exec', '--detach', name, 'containerd']);
  await until(
    { for: 'containerd in the node image', seconds: 60 },
    async () => (await docker.attempt(['exec', name, 'ctr', 'version'])).code === 0,
  );
  const pipe =
    'docker save "$@" | docker exec --interactive "$0" ctr --namespace k8s.io images import --all-platforms --no-unpack -';
  await run('bash', ['-o', 'pipefail', '-c', pipe, name, ...images], { env: docker.env });
  await docker.run(['exec', name, 'pkill', 'containerd']);
  await until(
    { for: 'containerd to stop', seconds: 30 },
    async () => (await docker.attempt(['exec', name, 'pgrep', '-x', 'containerd'])).code !== 0,
  );
  const entry = 'ENTRYPOINT ["/usr/local/bin/entrypoint", "/sbin/init"]';
  await docker.run(['commit', '--change', entry, '--change', `LABEL ${LABEL}=node`, name, image]);
  await docker.run(['rm', '--force', '--volumes', name]);
}

async function removeBuildContainers(docker: Docker): Promise<void> {
  const left = (await docker.run(['ps', '--all', '--quiet', '--filter', `label=${LABEL}=build`])).trim();
  if (left !== '') await docker.run(['rm', '--force', '--volumes', ...left.split('\n')]);
}
