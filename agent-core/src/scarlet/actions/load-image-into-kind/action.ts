import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import { podTemplate } from '@autodevops/domain/kubernetes/pod';
import type { Container } from '@autodevops/domain/kubernetes/pod';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { refText } from '@autodevops/domain/object-ref';
import { imageReference } from '../../../reading/images/image-reference.ts';
import { nameList } from '../../../reading/name-list.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { ImageName } from '../../targets/image-name.ts';
import { imageKey } from '../../standing/image-sightings.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { refuse } from '../../refusal.ts';
import { inThreeTenses } from '../../sentences.ts';
import { templateKinds, templateOf } from '../../targets/workload-template.ts';

const Params = z.strictObject({
  image: ImageName.describe('as the pod asks for it'),
});
type Params = z.infer<typeof Params>;

/** Kind writes it into each node: https://github.com/kubernetes-sigs/kind, `providerID: kind://<provider>/<cluster>/<node>` */
const provider = /^kind:\/\/[a-z]+\/([a-zA-Z0-9][a-zA-Z0-9_.-]{0,127})\/[^/]+$/;

function containersOf(object: Manifest): readonly Container[] {
  const { spec } = object.kind === 'Pod' ? podTemplate.read(object) : templateOf(object);
  return [...spec.initContainers, ...spec.containers];
}

/** The name of the Kind cluster. Refused where the nodes are not all of one. */
async function kindCluster(live: Live): Promise<string> {
  const nodes = await live.cluster.list({ apiVersion: 'v1', kind: 'Node', namespace: '' }, { signal: live.signal });
  const names = [
    ...new Set(nodes.map((node) => provider.exec(kinds.Node.shape.read(node).spec.providerID ?? '')?.[1] ?? '')),
  ];
  const [name] = names;
  if (name === undefined || name === '' || names.length > 1) {
    return refuse(
      'The nodes are not those of one Kind cluster: images come from a registry here.',
      'Push the image to the registry that the pod names.',
    );
  }
  return name;
}

/** Whether the kubelet asks the registry although the node has the image. */
function alwaysPulls({ image, imagePullPolicy }: Container): boolean {
  const { tag, digest } = imageReference(image);
  return (imagePullPolicy ?? (tag === 'latest' && digest === '' ? 'Always' : 'IfNotPresent')) === 'Always';
}

/** The image as the containers write it, which is how the kubelet looks for it. */
function askedFor(object: Manifest, image: string, name: string): string {
  const all = containersOf(object);
  const asking = all.filter((container) => imageKey(container.image) === imageKey(image));
  const [first] = asking;
  if (first === undefined) {
    return refuse(
      `No container of ${name} asks for ${image}.`,
      `They ask for ${nameList([...new Set(all.map((container) => container.image))])}.`,
    );
  }
  if (imageReference(first.image).digest !== '') {
    return refuse(
      `${first.image} is named by its digest, under which an image of this machine cannot be found.`,
      'Name it by a tag.',
    );
  }
  if (asking.every(alwaysPulls)) {
    return refuse(
      `Container "${first.name}" of ${name} always pulls its image: one that is loaded would not be looked at.`,
      'Set imagePullPolicy to IfNotPresent, or name a tag other than latest.',
    );
  }
  return first.image;
}

function imagesOf({ images }: Live): NonNullable<Live['images']> {
  return (
    images ??
    refuse(
      'This agent has no container engine to load images from.',
      'Load it where the Kind cluster runs: `kind load docker-image`.',
    )
  );
}

async function plan({ target, params }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const object = await liveTarget(target, live);
  const image = askedFor(object, params.image, refText(target));
  const cluster = await kindCluster(live);
  if (await imagesOf(live).has(cluster, image, { signal: live.signal })) {
    return refuse(
      `Every node of the Kind cluster ${cluster} has ${image} already.`,
      'See why the container does not start with it.',
    );
  }
  return {
    sentences: inThreeTenses(
      ['Load', 'Loading', 'Loaded'],
      `image ${image} from this machine into every node of the Kind cluster ${cluster}`,
    ),
    operations: [{ verb: 'load-image', cluster, image }],
    undo: { operations: [], why: 'The image may stay: only pods that name it use it.' },
    touches: [],
    notes: ['Pods that wait for it try again by themselves within five minutes.'],
  };
}

async function verify({ target, params }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const image = askedFor(await liveTarget(target, live), params.image, refText(target));
  const cluster = await kindCluster(live);
  if (await imagesOf(live).has(cluster, image, { signal: live.signal })) {
    return { state: 'succeeded', says: `Every node of the Kind cluster ${cluster} has ${image}.` };
  }
  return { state: 'waiting', says: `Not every node of the Kind cluster ${cluster} has ${image}.` };
}

export const loadImageIntoKind = action<Params>({
  name: 'load-image-into-kind',
  title: 'Load an image into the Kind cluster',
  kinds: [...templateKinds, 'ReplicaSet', 'Job', 'Pod'],
  params: Params,
  risk: 'low',
  patience: 600,
  plan,
  verify,
});
