import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import type { NodeImages } from '@autodevops/domain/ports/node-images';
import { pipeEngine, runEngine } from './engine-command.ts';
import type { Ended, Engine } from './engine-command.ts';
import { whyOf } from './engine/ended-why.ts';
import { fullImageName } from './image-name.ts';
import { kindNodes } from './kind-nodes.ts';
import { snapshotterIn } from './snapshotter.ts';

export interface NodeImagesOptions {
  /** The environment that the engine's commands run in; this process's when absent. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Which engines are asked, in order; docker, then podman when absent. */
  readonly engines?: readonly string[];
}

const lookMs = 60_000;
const loadMs = 600_000;

/** Throws for what no image is called; a name never looks like an option. */
function checkName(image: string): void {
  if (/^[a-zA-Z0-9][a-zA-Z0-9_./:@-]{0,511}$/.test(image)) return;
  throw new AutoDevOpsError(
    'image.not-found',
    `"${oneLine(image, 80)}" is no name of an image.`,
    'Write it as in the pod: name:tag.',
  );
}

function failed(what: string, ended: Ended): AutoDevOpsError {
  return new AutoDevOpsError(
    'cluster.server-error',
    `${what}: ${whyOf(ended)}.`,
    'Look at the engine and at containerd in the node, and try again.',
  );
}

/** Asks containerd by the tool that loads too: not every node image has crictl. */
async function nodeHas(
  engine: Engine,
  node: string,
  { image, signal }: { readonly image: string; readonly signal: AbortSignal },
): Promise<boolean> {
  const ended = await runEngine(engine, ['exec', node, 'ctr', '--namespace=k8s.io', 'images', 'ls', '--quiet'], {
    signal,
    withinMs: lookMs,
  });
  if (ended.code !== 0) throw failed(`Node ${node} does not say which images it has`, ended);
  return ended.output.split('\n').includes(fullImageName(image));
}

async function checkLocal(engine: Engine, image: string, signal: AbortSignal): Promise<void> {
  const ended = await runEngine(engine, ['image', 'inspect', '--format', '{{.Id}}', image], {
    signal,
    withinMs: lookMs,
  });
  if (ended.code === 0) return;
  if (ended.why !== '' || !/no such image|not known|not found/i.test(ended.said)) {
    throw failed(`${engine.name} does not say whether it has ${image}`, ended);
  }
  throw new AutoDevOpsError(
    'image.not-found',
    `${engine.name} on this machine has no image ${image}.`,
    `Build or pull it first: \`${engine.name} pull ${image}\`.`,
  );
}

/** Where the node's kubelet expects layers; overlayfs unless containerd says otherwise. */
async function snapshotterOf(engine: Engine, node: string, signal: AbortSignal): Promise<string> {
  const ended = await runEngine(engine, ['exec', node, 'containerd', 'config', 'dump'], { signal, withinMs: lookMs });
  if (ended.code !== 0) throw failed(`Node ${node} does not say how it keeps images`, ended);
  return snapshotterIn(ended.output);
}

/**
 * As `kind load docker-image` does it (pkg/cluster/nodeutils/util.go, LoadImageArchive), for the node's own platform
 * only: an engine seldom holds the others of an image for several.
 */
async function loadInto(
  engine: Engine,
  node: string,
  { image, signal }: { readonly image: string; readonly signal: AbortSignal },
): Promise<void> {
  const load = [
    'exec',
    '-i',
    node,
    'ctr',
    '--namespace=k8s.io',
    'images',
    'import',
    '--digests',
    `--snapshotter=${await snapshotterOf(engine, node, signal)}`,
    '-',
  ];
  const [saved, imported] = await pipeEngine(engine, [['save', image], load], { signal, withinMs: loadMs });
  if (imported.code === 0 && saved.code === 0) return;
  if (saved.code !== 0 && saved.said !== '') throw failed(`${engine.name} could not save ${image}`, saved);
  throw failed(`Node ${node} could not take ${image}`, imported.code === 0 ? saved : imported);
}

/** Images in the nodes of Kind clusters that run on this machine, by the engine's own command; nothing is sent elsewhere. */
export function openNodeImages(options: NodeImagesOptions = {}): NodeImages {
  const { variables = process.env, engines = ['docker', 'podman'] } = options;
  const all = engines.map((name): Engine => ({ name, variables }));
  return {
    has: async (cluster, image, { signal }) => {
      checkName(image);
      const { engine, nodes } = await kindNodes(all, cluster, signal);
      for (const node of nodes) if (!(await nodeHas(engine, node, { image, signal }))) return false;
      return true;
    },
    load: async (cluster, image, { signal, onProgress }) => {
      checkName(image);
      const { engine, nodes } = await kindNodes(all, cluster, signal);
      await checkLocal(engine, image, signal);
      for (const node of nodes) {
        onProgress?.(`Loading ${image} into node ${node}.`);
        await loadInto(engine, node, { image, signal });
      }
    },
  };
}
