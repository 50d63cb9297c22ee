import type { Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { messageEnd } from '../../reading/long-message.ts';
import { narrowStart } from '../../reading/pods/starting/narrow-start.ts';
import type { NarrowStart } from '../../reading/pods/starting/narrow-start.ts';
import { startClassOf } from '../../reading/pods/starting/start-failure-class.ts';
import type { UnstartedContainer } from '../../reading/pods/starting/start-failure.ts';
import { memoryLimit } from './codes.ts';
import { limitOf, roleOf } from './kill.ts';
import { meantFor, raise } from './raise-limit.ts';

function unitSlip(limit: string): string {
  return /^\d+m$/.test(limit)
    ? `, which is less than a byte: "m" means thousandths, and ${meantFor(limit)} was meant, it seems`
    : '';
}

/** What is the same of every start that its limit leaves no room. */
function startFinding(
  snapshot: Snapshot,
  { pod, ref, view, failure }: UnstartedContainer,
  limit: string,
  told: Pick<Finding, 'cause' | 'nextSteps'> & Partial<Pick<Finding, 'evidence' | 'confidence'>>,
): Finding {
  return finding(memoryLimit, {
    object: ref,
    since: pod.metadata.creationTimestamp ?? '',
    facet: view.spec.name,
    changes: raise(snapshot, pod, view),
    ...told,
    evidence: [
      fromStatus(ref, failure.path, messageEnd(failure.message)),
      fromSpec(ref, `${view.path}.resources.limits.memory`, limit),
      ...(told.evidence ?? []),
    ],
  });
}

/** The runtime says that memory is short. */
function saidByRuntime(snapshot: Snapshot, unstarted: UnstartedContainer): Finding {
  const { view } = unstarted;
  const limit = limitOf(view) ?? 'an unknown amount';
  const slip = unitSlip(limit);
  return startFinding(snapshot, unstarted, limit, {
    cause: `${roleOf(view)} "${view.spec.name}" cannot even be started within its memory limit of ${limit}${slip}.`,
    nextSteps: slip === '' ? memoryLimit.nextSteps : [`Write the limit as ${meantFor(limit)}.`],
  });
}

/** The kernel may have killed the runtime's own start: then no status says so. */
function lostWithoutWord(snapshot: Snapshot, unstarted: UnstartedContainer, { limit, volume }: NarrowStart): Finding {
  const { ref, view } = unstarted;
  const lost = `${roleOf(view)} "${view.spec.name}" is lost before its program begins; its memory limit of ${limit} leaves the start no room, it seems`;
  if (volume === '') {
    return startFinding(snapshot, unstarted, limit, {
      cause: `${lost}.`,
      nextSteps: memoryLimit.nextSteps,
      confidence: 'medium',
    });
  }
  return startFinding(snapshot, unstarted, limit, {
    cause: `${lost}: files in "${volume}", a volume in memory, count against it and outlive each container.`,
    evidence: [fromSpec(ref, `spec.volumes[name=${volume}].emptyDir.medium`, 'Memory')],
    nextSteps: [...memoryLimit.nextSteps, `Or give the volume "${volume}" a sizeLimit well below the memory limit.`],
    confidence: 'medium',
  });
}

/** A container that cannot be started within its memory limit. */
export function checkStart(snapshot: Snapshot, unstarted: UnstartedContainer): Finding[] {
  const { failure } = unstarted;
  if (startClassOf(failure.reason, failure.message) === 'memory') return [saidByRuntime(snapshot, unstarted)];
  const narrow = narrowStart(unstarted);
  return narrow === undefined ? [] : [lostWithoutWord(snapshot, unstarted, narrow)];
}
