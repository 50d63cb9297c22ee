import type { Finding } from '@autodevops/domain/finding';
import { refByName, refKey } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromStatus } from '../../evidence/finding.ts';
import { templateOf } from '../../reading/output/log-template.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { startClassOf } from '../../reading/pods/starting/start-failure-class.ts';
import { unstartedContainers } from '../../reading/pods/starting/start-failure.ts';
import type { UnstartedContainer } from '../../reading/pods/starting/start-failure.ts';
import { said } from '../../reading/said.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { nodeStartsNoContainer } from './codes.ts';

/** What the runtime says of any container: without the names of this one. */
function saidOfAny({ pod, view, failure }: UnstartedContainer): string {
  const { name, uid } = pod.metadata;
  const own = [uid, name, view.spec.name].filter((text) => text !== '');
  return templateOf(own.reduce((text, part) => text.replaceAll(part, '*'), rootError(failure.message)));
}

function tellNode(node: string, alike: readonly UnstartedContainer[]): Finding {
  const [first] = alike;
  return finding(nodeStartsNoContainer, {
    object: refByName('Node', '', node),
    cause: `Node "${node}" does not start containers of several workloads, ${alike.length} wait there: ${said(rootError(first?.failure.message ?? ''))}.`,
    evidence: alike.slice(0, 3).map(({ ref, failure }) => fromStatus(ref, failure.path, failure.message)),
    since: alike.map(({ pod }) => pod.metadata.creationTimestamp ?? '').toSorted()[0] ?? '',
    facet: node,
  });
}

/** Where containers of different workloads on a node fail with the same words of the runtime, it is the node that fails. */
export function checkNodeStarts(snapshot: Snapshot): readonly Finding[] {
  const failing = unstartedContainers(snapshot).filter(
    ({ pod, failure }) =>
      (pod.spec.nodeName ?? '') !== '' &&
      failure.message !== '' &&
      startClassOf(failure.reason, failure.message) === 'other',
  );
  const groups = Map.groupBy(failing, (one) => `${one.pod.spec.nodeName}\n${saidOfAny(one)}`);
  return [...groups].flatMap(([key, alike]) => {
    const workloads = new Set(alike.map(({ pod }) => refKey(workloadOf(snapshot, pod))));
    return workloads.size < 2 ? [] : [tellNode(key.split('\n')[0] ?? '', alike)];
  });
}
