import { join } from 'node:path';
import { run } from '../host/command.ts';
import { buildImage, type Docker } from '../host/docker.ts';
import { KUBERNETES, STORAGE_TAGS, SYSTEM_TAGS } from '../versions.ts';
import { copyPrograms, inContext, singleBinaryRoot } from './context.ts';
import { goTool } from './go-tools.ts';
import { fillBusybox } from './workload-images.ts';

/** Builds the images that a Kubernetes node starts its own parts from, and gives back their names. */
export async function buildSystemImages(docker: Docker, nodeBase: string): Promise<string[]> {
  const controlPlane = await goTool('kubernetes-control-plane');
  const version = `v${KUBERNETES}`;
  const singles: [image: string, binary: string][] = [
    ...['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map((name): [string, string] => [
      `registry.k8s.io/${name}:${version}`,
      join(controlPlane, name),
    ]),
    [`registry.k8s.io/etcd:${SYSTEM_TAGS.etcd}`, join(await goTool('etcd'), 'etcd')],
    [`registry.k8s.io/coredns/coredns:${SYSTEM_TAGS.coredns}`, join(await goTool('coredns'), 'coredns')],
    [
      `docker.io/kindest/local-path-provisioner:${STORAGE_TAGS.provisioner}`,
      join(await goTool('local-path-provisioner'), 'local-path-provisioner'),
    ],
  ];
  for (const [image, binary] of singles) await buildSingle(docker, image, binary);
  const pause = `registry.k8s.io/pause:${SYSTEM_TAGS.pause}`;
  await buildPause(docker, pause);
  const kubeProxy = `registry.k8s.io/kube-proxy:${version}`;
  await buildKubeProxy(docker, kubeProxy, nodeBase);
  const helper = `docker.io/kindest/local-path-helper:${STORAGE_TAGS.helper}`;
  await buildStorageHelper(docker, helper);
  return [...singles.map(([image]) => image), pause, kubeProxy, helper];
}

async function buildSingle(docker: Docker, image: string, binary: string): Promise<void> {
  await inContext('single-binary', async (context) => {
    singleBinaryRoot(context, binary);
    await buildImage(docker, context, [image]);
  });
}

async function buildKubeProxy(docker: Docker, image: string, nodeBase: string): Promise<void> {
  const node = await goTool('kubernetes-node');
  await inContext('kube-proxy', async (context) => {
    copyPrograms([join(node, 'kube-proxy')], context);
    await buildImage(docker, context, [image], { NODE_BASE: nodeBase });
  });
}

async function buildStorageHelper(docker: Docker, image: string): Promise<void> {
  await inContext('busybox', async (context) => {
    await fillBusybox(context);
    await buildImage(docker, context, [image]);
  });
}

async function buildPause(docker: Docker, image: string): Promise<void> {
  await inContext('pause', async (context) => {
    const binary = join(context, 'pause');
    await run('gcc', ['-Os', '-static', '-o', binary, join(context, 'pause.c')]);
    await buildSingle(docker, image, binary);
  });
}
