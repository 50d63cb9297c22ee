import type { LocalStep } from '@autodevops/domain/local-cluster';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { runEngine } from '../engine-command.ts';
import { engineFailure, whyOf } from '../engine/ended-why.ts';
import { hasImage, pullImage } from '../engine/marked-image.ts';
import type { NodeContainer } from '../engine/node-containers.ts';
import { openNodeImages } from '../node-images.ts';
import { bringsPodNetwork, mirrorFile, shareText } from './kind-configuration.ts';
import { exportKubeconfig, kubeconfigOf } from './kind-program.ts';
import type { KindProgram } from './kind-program.ts';
import { explained } from './known-trouble.ts';
import type { Life, Scene } from './life.ts';
import { ceilingOf } from './make-cluster.ts';
import { shareOf } from './resource-ceiling.ts';
import type { ClusterState } from './state-folder.ts';
import type { StepLog } from './step-log.ts';
import { waitForDns, waitForNodes, withApi } from './cluster-api.ts';

const quickMs = 60_000;
const pullMs = 1_800_000;

/** The cluster's own kubeconfig, and its context where kubectl looks; there kind has just written it itself after `create`. */
export async function writeKubeconfig(
  { settings, folder, signal }: Life,
  kind: KindProgram,
  state: ClusterState,
  log: StepLog,
  isNew = false,
): Promise<void> {
  log.begin('kubeconfig');
  await folder.keep(folder.kubeconfig, await kubeconfigOf(kind, settings.name, signal));
  if (!isNew) await exportKubeconfig(kind, settings.name, state.kubeconfig, signal);
}

/** Says in every node where a registry's images are asked for instead. */
async function nameMirrors(
  { settings, signal }: Life,
  { found }: Scene,
  containers: readonly NodeContainer[],
  log: StepLog,
): Promise<void> {
  const mirrors = Object.entries(settings.registryMirrors);
  if (mirrors.length === 0) return;
  log.begin('mirrors');
  for (const node of containers) {
    for (const [registry, mirror] of mirrors) {
      const { folder, text } = mirrorFile(registry, mirror);
      const script = 'mkdir -p "$1" && printf %s "$2" > "$1/hosts.toml"';
      const ended = await runEngine(found.engine, ['exec', node.id, 'sh', '-c', script, 'sh', folder, text], {
        signal,
        withinMs: quickMs,
      });
      if (ended.code !== 0) throw engineFailure(`Node ${node.name} does not take the mirror of ${registry}`, ended);
    }
  }
}

/** Bounds the nodes' containers. An engine that cannot (rootless without delegation) is told of, not failed for. */
async function bindCeiling(
  life: Life,
  scene: Scene,
  containers: readonly NodeContainer[],
  log: StepLog,
): Promise<void> {
  const ceiling = ceilingOf(life, scene);
  if (ceiling.memory === undefined && ceiling.cpus === undefined) return;
  log.begin('ceiling');
  for (const node of containers) {
    const share = shareOf(ceiling, node.role === 'control-plane' ? 'control-plane' : 'worker', life.settings.nodes);
    const memory =
      share.memory === undefined ? [] : ['--memory', String(share.memory), '--memory-swap', String(share.memory)];
    const cpus = share.cpus === undefined ? [] : ['--cpus', String(share.cpus)];
    const ended = await runEngine(scene.found.engine, ['update', ...memory, ...cpus, node.id], {
      signal: life.signal,
      withinMs: quickMs,
    });
    if (ended.code !== 0) {
      log.note(
        `${node.name} is not bounded to ${shareText(share)}: ${whyOf(ended)}`,
        'The engine does not keep limits here; its pods are still bounded by their kubelet.',
      );
      return;
    }
  }
}

/** Gives every node the images that the configuration names; those that the engine lacks are fetched first. */
export async function loadImages(
  life: Life,
  { found }: Pick<Scene, 'found'>,
  images: readonly string[],
  step: LocalStep & ('images' | 'load'),
  log: StepLog,
): Promise<void> {
  if (images.length === 0) return;
  log.begin(step);
  const { settings, signal } = life;
  const nodes = openNodeImages({ variables: found.engine.variables, engines: [found.engine.name] });
  for (const [at, image] of images.entries()) {
    const tell = (says: string): void => log.tell(says, at, images.length);
    if (step === 'images' && (await nodes.has(settings.name, image, { signal }))) continue;
    if (step === 'images' && !(await hasImage(found.engine, image, { signal, withinMs: quickMs }))) {
      tell(`${found.engine.name} fetches ${image}`);
      const ended = await pullImage(found.engine, image, { signal, withinMs: pullMs });
      if (ended.code !== 0) throw explained(`${image} could not be fetched`, ended.said);
    }
    await nodes.load(settings.name, image, { signal, onProgress: tell });
  }
  log.tell(`${images.length} of ${images.length} images`, images.length, images.length);
}

/** Waits until the cluster can be worked with. */
export async function waitUntilReady({ settings, folder, signal }: Life, count: number, log: StepLog): Promise<void> {
  log.begin('ready');
  const own = !bringsPodNetwork(settings);
  if (own) {
    log.note('This cluster brings no pod network (disableDefaultCNI); its nodes are ready when you install one.', '');
  }
  const hint = own
    ? remedy`Install the pod network, then run ${{ do: 'make-local-cluster' }} again.`
    : remedy`Ask why: ${{ do: 'diagnose' }}. Then ${{ do: 'make-local-cluster' }} goes on from here.`;
  await withApi(folder.kubeconfig, async (client) => {
    await waitForNodes(client, count, { signal, tell: log.tell }, hint);
    log.begin('dns');
    await waitForDns(client, { signal });
  });
}

export interface Fitting {
  readonly kind: KindProgram;
  readonly state: ClusterState;
  readonly wait: boolean;
  /** Kind has just come to its end. */
  readonly isNew: boolean;
}

/** Everything that follows kind. Each part may be done again. */
export async function fitCluster(
  life: Life,
  scene: Scene,
  { kind, state, wait, isNew }: Fitting,
  log: StepLog,
): Promise<void> {
  const { containers } = scene;
  await writeKubeconfig(life, kind, state, log, isNew);
  await nameMirrors(life, scene, containers, log);
  await bindCeiling(life, scene, containers, log);
  await loadImages(life, scene, life.settings.images, 'images', log);
  if (wait) await waitUntilReady(life, state.nodes, log);
  await life.folder.write({ ...state, phase: 'finished', maker: null });
}
