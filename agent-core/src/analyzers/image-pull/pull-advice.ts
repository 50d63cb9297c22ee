import { counted } from '@autodevops/domain/count-words';
import type { ProposedChange } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { earlierImage } from '../../reading/workloads/earlier-image.ts';
import { imageReference, repositoryOf } from '../../reading/images/image-reference.ts';
import type { ImagePullFailure } from '../../reading/images/image-pull-failure.ts';
import { alikeRepositories, otherTags } from '../../reading/images/known-images.ts';
import { alikeOfficialImages } from '../../reading/images/official-images.ts';
import { isPlainWord } from '../../reading/plain-word.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import { perhapsAbsent, refusalOf, refusalSteps } from './pull-refusal.ts';
import { pullSecretsIn } from './pull-secret.ts';

type Advice = Pick<Finding, 'nextSteps' | 'changes'>;

/** A command to paste; empty where a recording calls the image what no reference is. */
function loadCommand(image: string): string {
  return isPlainWord(image) ? `: \`kind load docker-image ${image}\`` : '';
}

function isKind(snapshot: Snapshot): boolean {
  return snapshot.list('Node').some((node) => (node.spec.providerID ?? '').startsWith('kind://'));
}

/** What exists in place of an image that does not. */
function meant(snapshot: Snapshot, image: string): string {
  const tags = otherTags(snapshot, image);
  if (tags.length > 0) {
    return `Use a tag that exists: this cluster has ${tags.map((t) => `"${t}"`).join(', ')} of the same repository.`;
  }
  const alike = alikeRepositories(snapshot, image);
  if (alike.length > 0) return `Check the spelling: this cluster runs ${alike.map((name) => `"${name}"`).join(', ')}.`;
  const official = alikeOfficialImages(image);
  return official.length === 0
    ? ''
    : `Check the spelling: Docker Hub has ${official.map((name) => `"${name}"`).join(', ')}.`;
}

/** For an image that does not exist: the likely reference, and the way back. */
export function adviceForMissing(snapshot: Snapshot, failure: ImagePullFailure, steps: readonly string[]): Advice {
  const hint = meant(snapshot, failure.image);
  const earlier = failure.volume === undefined ? earlierImage(snapshot, failure.pod, failure.view.spec) : [];
  const changes = [...undoChanges(snapshot, failure.pod), ...earlier];
  return { nextSteps: hint === '' ? steps : [hint, ...steps], changes };
}

/** Nodes that hold the very image, by repository and tag. */
function holdersOf(snapshot: Snapshot, image: string): readonly string[] {
  const wanted = `${repositoryOf(image)}:${imageReference(image).tag}`;
  return snapshot
    .list('Node')
    .filter(({ status }) =>
      status.images.some(({ names }) =>
        names.some((name) => `${repositoryOf(name)}:${imageReference(name).tag}` === wanted),
      ),
    )
    .map(({ metadata }) => metadata.name)
    .toSorted();
}

/** With this policy a registry is asked at each start: what was loaded is not looked at. */
function adviceForAlways(snapshot: Snapshot, { image, view }: ImagePullFailure, steps: readonly string[]): Advice {
  const holders = holdersOf(snapshot, image);
  const held =
    holders.length === 0
      ? ''
      : ` (${counted(holders.length, 'node')} of this cluster ${holders.length === 1 ? 'has' : 'have'} it)`;
  return {
    nextSteps: [
      `Set imagePullPolicy of container "${view.spec.name}" to IfNotPresent: with Always each start asks the registry, and an image that is loaded into the nodes is not looked at${held}.`,
      ...(holders.length === 0 ? [`Then load it into the Kind cluster${loadCommand(image)}.`] : []),
      ...steps,
    ],
    changes: [],
  };
}

/** For an image that the node must hold: load it where that is how images come. */
export function adviceForLoading(snapshot: Snapshot, failure: ImagePullFailure, steps: readonly string[]): Advice {
  const { image } = failure;
  const hint = meant(snapshot, image);
  const more = hint === '' ? steps : [...steps, hint];
  if (!isKind(snapshot)) return { nextSteps: more, changes: undoChanges(snapshot, failure.pod) };
  if (failure.volume === undefined && failure.view.spec.imagePullPolicy === 'Always') {
    return adviceForAlways(snapshot, failure, more);
  }
  const load: ProposedChange = {
    action: 'load-image-into-kind',
    target: workloadOf(snapshot, failure.pod),
    params: { image },
    risk: 'low',
  };
  return {
    nextSteps: [`Load it into the Kind cluster${loadCommand(image)}.`, ...more],
    changes: [load],
  };
}

/** To attach the pull secret, where it is clear which. */
export function attachOnly(snapshot: Snapshot, pod: Pod, secrets: readonly string[]): readonly ProposedChange[] {
  const [secret, another] = secrets;
  if (secret === undefined || another !== undefined) return [];
  return [{ action: 'attach-pull-secret', target: workloadOf(snapshot, pod), params: { secret }, risk: 'low' }];
}

/** For a refused pull: what its words ask for, and without a pull secret the one that the namespace has, if there is just one. */
export function adviceForRefusal(snapshot: Snapshot, failure: ImagePullFailure, steps: readonly string[]): Advice {
  const { pod, image } = failure;
  const refusal = refusalOf(failure);
  const first = refusalSteps(failure, refusal);
  // No account opens what is refused for where the node stands.
  if (refusal === 'layers' || refusal === 'way') return { nextSteps: first, changes: [] };
  const hint = perhapsAbsent(failure) ? meant(snapshot, image) : '';
  const own = imageReference(image).registry === 'docker.io' && isKind(snapshot);
  const local = own ? [`If you built the image yourself, load it${loadCommand(image)}.`] : [];
  const nextSteps = [...first, ...(hint === '' ? [] : [hint]), ...(first.length > 0 ? [] : steps), ...local];
  const secrets = pod.spec.imagePullSecrets.length === 0 ? pullSecretsIn(snapshot, pod.metadata.namespace) : [];
  if (secrets.length !== 1) return { nextSteps, changes: [] };
  return {
    nextSteps: [`Name the pull secret "${secrets[0]}" of this namespace in imagePullSecrets.`, ...nextSteps],
    changes: attachOnly(snapshot, pod, secrets),
  };
}
