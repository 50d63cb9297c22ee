import { flag, list, made, name, object, strings } from '@autodevops/domain/kubernetes/shape';
import type { Shaped } from '@autodevops/domain/kubernetes/shape';
import { runEngine } from '../engine-command.ts';
import type { Ended, Engine } from '../engine-command.ts';
import { engineFailure } from './ended-why.ts';

/** A container that is a node of a Kind cluster. */
export interface NodeContainer {
  /** The engine's own id, in full. */
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly running: boolean;
  readonly paused: boolean;
  /** The mark of whoever made it from here; empty for others. */
  readonly mark: string;
  /** When it was created, as the engine says it. */
  readonly created: string;
}

/** Set by kind (pkg/cluster/internal/providers/*\/constants). */
const clusterLabel = 'io.x-k8s.kind.cluster';
const roleLabel = 'io.x-k8s.kind.role';
/** Ours: its value is in the state file too. */
export const markLabel = 'dev.autodevops.local-cluster';
/** Of the labelled image; its tag is the same value. */
export const markedName = 'localhost/autodevops-node';

const askMs = 30_000;

const state = object({ Status: name, Running: flag, Paused: flag });
const inspected = object({
  Id: name,
  Name: name,
  Created: name,
  State: state,
  Image: name,
  ImageName: name,
  Config: object({ Labels: strings, Image: name }),
});
type Inspected = Shaped<typeof inspected>;

/** From the label, else from the name of the image: not every nerdctl hands the labels of an image on. */
function markOf({ Config, Image, ImageName }: Inspected): string {
  const named = [Config.Image, ImageName, Image].find((image) => image.startsWith(`${markedName}:`));
  return Config.Labels[markLabel] ?? named?.slice(markedName.length + 1) ?? '';
}

const containers = list(
  made(inspected, (inspection): NodeContainer => {
    const {
      Id,
      Name,
      Created,
      State,
      Config: { Labels },
    } = inspection;
    return {
      id: Id,
      // Docker writes a slash before it.
      name: Name.replace(/^\//, ''),
      role: Labels[roleLabel] ?? '',
      running: State.Running ?? State.Status === 'running',
      paused: State.Paused ?? State.Status === 'paused',
      mark: markOf(inspection),
      created: Created,
    };
  }),
);

function byRole(a: NodeContainer, b: NodeContainer): number {
  const order = (one: NodeContainer): number => (one.role === 'control-plane' ? 0 : 1);
  return order(a) - order(b) || a.name.localeCompare(b.name, 'en', { numeric: true });
}

/** What `inspect` printed, as containers; the control plane comes first. */
export function readContainers(output: string): readonly NodeContainer[] {
  let raw: unknown;
  try {
    raw = JSON.parse(output);
  } catch {
    return [];
  }
  return containers
    .read(raw)
    .filter(({ id }) => /^[0-9a-f]{12,64}$/.test(id))
    .toSorted(byRole);
}

/** A container that goes between the two questions is no failure of the second one. */
function wentAway({ said }: Ended): boolean {
  return /no such (?:object|container)|not found/i.test(said);
}

/** All nodes of the Kind clusters of that name, running or not, whoever made them. Throws `local.failed`. */
export async function nodeContainers(
  engine: Engine,
  cluster: string,
  signal: AbortSignal,
): Promise<readonly NodeContainer[]> {
  const bounds = { signal, withinMs: askMs };
  const found = await runEngine(
    engine,
    ['ps', '--all', '--quiet', '--no-trunc', '--filter', `label=${clusterLabel}=${cluster}`],
    bounds,
  );
  if (found.code !== 0) throw engineFailure(`${engine.name} does not say which containers there are`, found);
  const ids = found.output
    .split('\n')
    .map((line) => line.trim())
    .filter((id) => /^[0-9a-f]{12,64}$/.test(id));
  if (ids.length === 0) return [];
  const told = await runEngine(engine, ['inspect', '--type', 'container', ...ids], bounds);
  if (told.code !== 0 && !wentAway(told)) {
    throw engineFailure(`${engine.name} does not describe the nodes of ${cluster}`, told);
  }
  const nodes = readContainers(told.output);
  // What cannot be read is not absent: somebody would make or remove a cluster on the strength of it.
  if (told.code === 0 && nodes.length < ids.length) {
    throw engineFailure(`${engine.name} describes ${nodes.length} of ${ids.length} nodes of ${cluster}`, {
      ...told,
      said: 'the answer has another form than that of Docker',
    });
  }
  return nodes;
}

/** Does something to containers by their ids, so that nothing of the same name is met instead. Throws `local.failed`. */
export async function onContainers(
  engine: Engine,
  words: readonly string[],
  nodes: readonly NodeContainer[],
  bounds: { readonly signal: AbortSignal; readonly withinMs: number },
): Promise<void> {
  if (nodes.length === 0) return;
  const ended = await runEngine(engine, [...words, ...nodes.map(({ id }) => id)], bounds);
  if (ended.code !== 0) {
    throw engineFailure(`${engine.name} ${words[0] ?? ''} of ${nodes.map((node) => node.name).join(', ')}`, ended);
  }
}
