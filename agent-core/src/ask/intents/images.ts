import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refText } from '@autodevops/domain/object-ref';
import { ownedTree } from '../../graph/graph.ts';
import { workloadOf } from '../../reading/owner.ts';
import { isFinished } from '../../reading/pod-status.ts';
import type { AskContext, Intent, Reply } from '../intent.ts';
import { resolve } from '../resolve.ts';
import { inScope, notSeen, scopeWords } from '../scope.ts';
import { counted, listed } from '../words.ts';

const most = 50;

function byImage(context: AskContext, pods: readonly Pod[]): readonly { image: string; pods: number; workloads: readonly string[] }[] {
  const images = new Map<string, { pods: Set<Pod>; workloads: Set<string> }>();
  for (const pod of pods) {
    for (const { image } of [...pod.spec.initContainers, ...pod.spec.containers]) {
      const held = images.get(image) ?? { pods: new Set(), workloads: new Set() };
      images.set(image, held);
      held.pods.add(pod);
      held.workloads.add(refText(workloadOf(context.snapshot, pod)));
    }
  }
  return [...images]
    .map(([image, held]) => ({ image, pods: held.pods.size, workloads: [...held.workloads].toSorted() }))
    .toSorted((a, b) => b.pods - a.pods || a.image.localeCompare(b.image));
}

function replyOf(context: AskContext, pods: readonly Pod[], of: string): Reply {
  const found = byImage(context, pods);
  if (found.length === 0) return { headline: `No pod${of} runs an image.` };
  const rows = found.slice(0, most).map(({ image, pods: count, workloads }) => [image, String(count), listed(workloads, 3)]);
  const lines = found.length > most ? [`${found.length - most} more are left out.`] : [];
  return { headline: `${counted(found.length, 'image')} in ${counted(pods.length, 'pod')}${of}.`, table: { columns: ['image', 'pods', 'of'], rows }, lines };
}

/** Which images run; which image X runs; who runs image Z. */
export const images: Intent = {
  name: 'images',
  example: 'which images run in namespace shop?',
  patterns: [
    /^(?:who|what|which [\w ]+?)(?: all)? (?:uses?|runs?|is using|are using|is running|are running|pulls?) (?:the )?image (?<image>\S+)$/i,
    /^(?:which|what) (?:images?|versions?|tags?) (?:of (?:the )?)?(?:does|do|is|are|has|have)? ?(?<object>[\w./ -]+?)(?: (?:is|are|run|runs|running|use|uses|using|have|on|deployed|at))*$/i,
    /^(?:which|what|list|show(?: me)?|how many|get)(?: all)?(?: the)?(?: container| different| distinct)? images?(?: (?:do|are|is))?(?: (?:i|we|you|there))?(?: (?:run|runs|running|used|use|have|in use|deployed|being used|exist))*$/i,
    /^(?:images?|image list)$/i,
  ],
  answer: (caught, context) => {
    const blind = notSeen(context, 'Pod');
    if (blind !== undefined) return blind;
    const living = inScope(context, 'Pod').filter((pod) => !isFinished(pod));
    const image = caught('image');
    if (image !== '') {
      const running = living.filter((pod) => [...pod.spec.initContainers, ...pod.spec.containers].some((c) => c.image === image || c.image.startsWith(`${image}:`) || c.image.includes(`/${image}`)));
      return running.length === 0 ? { headline: `No pod${scopeWords(context)} runs image ${image}.` } : replyOf(context, running, ` that ${running.length === 1 ? 'runs' : 'run'} ${image}`);
    }
    const object = caught('object').replace(/^(?:are|is|do|does|we|i|there|run|running|used|in use)\b ?/i, '');
    if (object === '' || /^(?:run|runs|running|used|there|deployed|in use|we|i|exist)$/i.test(object)) return replyOf(context, living, scopeWords(context));
    const found = resolve(context, object);
    if ('reply' in found) return found.reply;
    const own = new Set(found.objects.flatMap((ref) => [ref, ...ownedTree(context.snapshot, ref)]).filter((r) => r.kind === 'Pod').map((r) => `${r.namespace}/${r.name}`));
    const pods = living.filter((pod) => own.has(`${pod.metadata.namespace}/${pod.metadata.name}`));
    return { ...replyOf(context, pods, ` of ${found.objects.map(refText).join(', ')}`), objects: [...found.objects] };
  },
};
