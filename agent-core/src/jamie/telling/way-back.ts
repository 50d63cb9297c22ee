import type { Cause } from '@autodevops/domain/diagnosis';
import type { Metadata } from '@autodevops/domain/kubernetes/metadata';
import { printable } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { imageReference } from '../../reading/images/image-reference.ts';
import { revisionsOf } from '../../reading/pods/owned-pods.ts';
import { isPlainWord } from '../../reading/plain-word.ts';
import { undoTo, wayBackOf } from '../../reading/workloads/previous-revision.ts';
import type { WayBack } from '../../reading/workloads/previous-revision.ts';
import { ageOf } from '../../reading/recency.ts';
import type { Beginning } from '../../timeline/beginning.ts';
import type { Explained } from '../causes/explanation.ts';

/** Codes of what a workload's template, or the program in it, brings about: the template before may be without it. */
const ofTemplate = [
  'pod.crash.',
  'pod.exit.',
  'pod.memory.',
  'pod.probe.',
  'pod.liveness.',
  'pod.startup.',
  'pod.start.',
  'pod.init.',
  'pod.config.',
  'pod.dependency.',
  'pod.kubelet.',
  'pod.unschedulable.',
  'pod.volume.',
  'signal.errors.',
  'signal.latency.',
  'signal.cpu.',
  'signal.memory.',
  'signal.restarts.',
  'signal.saturation.',
];

/** To undo the revision that the trouble began with, where that can help; empty otherwise. */
export function undoOfBeginning(snapshot: Snapshot, code: string, beginning: Beginning | undefined): Cause['changes'] {
  if (beginning?.workload === undefined || !ofTemplate.some((prefix) => code.startsWith(prefix))) return [];
  const back = wayBackOf(snapshot, beginning.workload);
  return back === undefined ? [] : [undoTo(back)];
}

/** What the registry as a whole refuses an older image meets too. */
const ofRegistry = ['pod.image.registry-', 'pod.image.rate-limited'];
const day = 24 * 60 * 60_000;

/** The older images come from other registries than the one that is in trouble now. */
function leavesRegistry(snapshot: Snapshot, { kind, namespace, name, apiVersion, uid }: ObjectRef): boolean {
  const deployment = kind === 'Deployment' ? snapshot.get(kind, namespace, name) : undefined;
  const back = wayBackOf(snapshot, { kind, namespace, name, apiVersion, uid });
  if (deployment === undefined || back === undefined || back.ready === 0) return false;
  const moved = deployment.spec.template.spec.containers.filter((c) => {
    const old = back.images.get(c.name);
    return old !== undefined && imageReference(old).registry !== imageReference(c.image).registry;
  });
  return moved.length > 0;
}

/**
 * Whether an undo can be the cure: the trouble began with a revision, or, where no change is known that it began with, the
 * newest revision does not get on or is no older than a day. An old template meets a changed ConfigMap or a deleted image
 * as the new one does.
 */
export function undoFits(snapshot: Snapshot, { root, symptoms }: Explained, beginning: Beginning | undefined): boolean {
  const code = root.findings[0]?.code ?? '';
  if (ofRegistry.some((prefix) => code.startsWith(prefix))) return leavesRegistry(snapshot, root.object);
  if (beginning !== undefined) return beginning.workload !== undefined;
  if ([root, ...symptoms].some((group) => group.findings.some((f) => f.code === 'workload.rollout-stuck'))) return true;
  const { kind, namespace, name } = root.object;
  const deployment = kind === 'Deployment' ? snapshot.get(kind, namespace, name) : undefined;
  const [newest] = deployment === undefined ? [] : revisionsOf(snapshot, deployment.metadata.uid);
  return deployment === undefined || (ageOf(snapshot, newest?.set.metadata.creationTimestamp) ?? 0) <= day;
}

/** Who puts the template back when it is changed by hand; undefined where nobody does. */
function keeperOf({ labels, annotations, managers }: Metadata): string | undefined {
  if (
    annotations['argocd.argoproj.io/tracking-id'] !== undefined ||
    labels['argocd.argoproj.io/instance'] !== undefined ||
    managers.some((m) => m.manager === 'argocd-controller')
  ) {
    return 'Argo CD';
  }
  return Object.keys(labels).some((key) => key.endsWith('.toolkit.fluxcd.io/name')) ? 'Flux' : undefined;
}

function imagesText({ images }: WayBack): string {
  const shown = [...images].slice(0, 2).map(([container, image]) => `${container}: ${image}`);
  return shown.length === 0 ? '' : printable(redact(` (${shown.join(', ')})`));
}

/** The undo that is proposed, in words: to which revision, with which images, and how; undefined where none is. */
function goingBack(snapshot: Snapshot, changes: Cause['changes']): string | undefined {
  const undo = changes.find(({ action }) => action === 'rollout-undo');
  const back = undo === undefined ? undefined : wayBackOf(snapshot, undo.target);
  if (undo === undefined || back === undefined || back.toRevision !== undo.params['toRevision']) return undefined;
  const { kind, namespace, name } = back.target;
  if (![namespace, name].every(isPlainWord)) return undefined;
  const held =
    kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet'
      ? snapshot.get(kind, namespace, name)
      : undefined;
  const keeper = held === undefined ? undefined : keeperOf(held.metadata);
  const serves = back.ready === 0 ? '' : `, of which ${back.ready} ${back.ready === 1 ? 'pod is' : 'pods are'} ready`;
  const revision = `revision ${back.toRevision}${imagesText(back)}${serves}`;
  return keeper === undefined
    ? `go back to ${revision}: \`kubectl -n ${namespace} rollout undo ${kind.toLowerCase()}/${name} --to-revision=${back.toRevision}\`.`
    : `go back to ${revision} where it comes from: ${keeper} would overwrite an undo made in the cluster.`;
}

/**
 * The steps of a repair, and the way back after them: after the first where nobody is served meanwhile. It stands alone
 * in front only where what began with the revision is all that is known, as of a signal.
 */
export function withWayBack(
  snapshot: Snapshot,
  steps: readonly string[],
  { changes, isDown, isSignal }: { changes: Cause['changes']; isDown: boolean; isSignal: boolean },
): string[] {
  const back = steps.some((step) => step.includes('rollout undo')) ? undefined : goingBack(snapshot, changes);
  if (back === undefined) return [...steps];
  if (isSignal || steps.length === 0) return [`G${back.slice(1)}`, ...steps];
  return steps.toSpliced(isDown ? 1 : steps.length, 0, `If it cannot be repaired at once, ${back}`);
}
