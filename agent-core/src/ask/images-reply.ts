import { counted, listed } from '@autodevops/domain/count-words';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refText } from '@autodevops/domain/object-ref';
import { workloadOf } from '../reading/workloads/owner.ts';
import { isFinished } from '../reading/pods/pod-status.ts';
import type { AskContext, Reply } from './intent.ts';
import { inScope } from './scope.ts';

const most = 50;

function byImage(
  context: AskContext,
  pods: readonly Pod[],
): readonly { image: string; pods: number; workloads: readonly string[] }[] {
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

/** The images of pods, each with how many run it and for whom. */
export function imagesReply(context: AskContext, pods: readonly Pod[], of: string): Reply {
  const found = byImage(context, pods);
  if (found.length === 0) return { headline: `No pod${of} runs an image.` };
  const rows = found
    .slice(0, most)
    .map(({ image, pods: count, workloads }) => [image, String(count), listed(workloads, 3)]);
  const lines = found.length > most ? [`${found.length - most} more are left out.`] : [];
  return {
    headline: `${counted(found.length, 'image')} in ${counted(pods.length, 'pod')}${of}.`,
    table: { columns: ['image', 'pods', 'of'], rows },
    lines,
  };
}

/** Pods in scope that are not finished. */
export function livingPods(context: AskContext): readonly Pod[] {
  return inScope(context, 'Pod').filter((pod) => !isFinished(pod));
}

/** `redis`, `redis:7`, `team/redis`: whether an image reference is meant. */
function isMeant(image: string, wanted: string): boolean {
  return (
    image === wanted ||
    [':', '@'].some((end) => image.startsWith(`${wanted}${end}`) || image.includes(`/${wanted}${end}`)) ||
    image.endsWith(`/${wanted}`)
  );
}

/** Who runs an image; undefined where nobody does. */
export function imageUsersReply(context: AskContext, image: string): Reply | undefined {
  const running = livingPods(context).filter(({ spec }) =>
    [...spec.initContainers, ...spec.containers].some((container) => isMeant(container.image, image)),
  );
  return running.length === 0
    ? undefined
    : imagesReply(context, running, ` that ${running.length === 1 ? 'runs' : 'run'} ${image}`);
}
