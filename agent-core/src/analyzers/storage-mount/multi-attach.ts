import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Deployment } from '@autodevops/domain/kubernetes/workload';
import { refByName, refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { usersOfClaim } from '../../reading/pods/volumes/claim-users.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { isTerminating } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { attachments } from './attachments.ts';
import { mountedText } from './mounted.ts';
import type { MountCheck } from './mounted.ts';

/** Where else the volume is held: another pod of the claim on another node, or an attachment that is left. */
interface Held {
  readonly node: string;
  readonly pod: Pod | undefined;
  /** The attachment that is left there, when no pod holds it and taking it off fails. */
  readonly stuck?: { readonly ref: ObjectRef; readonly error: string; readonly time: string };
}

function heldElsewhere(check: MountCheck): Held | undefined {
  const { snapshot, pod, mounted } = check;
  const other =
    mounted.claim === undefined
      ? undefined
      : usersOfClaim(snapshot, pod.metadata.namespace, mounted.claim).find(
          (p) => (p.spec.nodeName ?? '') !== '' && p.spec.nodeName !== pod.spec.nodeName,
        );
  if (other?.spec.nodeName !== undefined) return { node: other.spec.nodeName, pod: other };
  const left = (attachments(snapshot).get(mounted.persistent?.metadata.name ?? '') ?? []).find(
    (a) => a.node !== pod.spec.nodeName,
  );
  if (left === undefined) return undefined;
  return { node: left.node, pod: undefined, ...(left.error === '' ? {} : { stuck: left }) };
}

/** The old pod of a rolling update ends only once the new one is ready, which waits for what the old one holds. */
function ownRollout({ snapshot, pod }: MountCheck, holder: Pod | undefined): Deployment | undefined {
  const owner = workloadOf(snapshot, pod);
  if (
    holder === undefined ||
    owner.kind !== 'Deployment' ||
    refKey(workloadOf(snapshot, holder)) !== refKey(owner) ||
    isTerminating(holder)
  ) {
    return undefined;
  }
  const deployment = snapshot.get('Deployment', owner.namespace, owner.name);
  return deployment?.spec.strategy.type === 'Recreate' ? undefined : deployment;
}

/** A volume for one node that another node still holds. */
export function tellMultiAttach(check: MountCheck): Pick<Finding, 'cause' | 'evidence' | 'because'> & Partial<Finding> {
  const held = heldElsewhere(check);
  const rollout = ownRollout(check, held?.pod);
  if (rollout !== undefined && held?.pod !== undefined) {
    const { name, namespace } = rollout.metadata;
    return {
      cause: `${mountedText(check.mounted)} of pod "${check.pod.metadata.name}" can be attached to one node only, and pod "${held.pod.metadata.name}" of the same Deployment holds it on node ${held.node}: a RollingUpdate ends the old pod only when the new one is ready, so both wait for ever. The strategy must be Recreate.`,
      evidence: [
        fromEvent(check.event),
        fromSpec(refTo('Deployment', rollout), 'spec.strategy.type', rollout.spec.strategy.type ?? 'RollingUpdate'),
        fromSpec(refTo('Pod', held.pod), 'spec.nodeName', held.node),
      ],
      because: [],
      nextSteps: [
        `Set the strategy of the Deployment to Recreate, which ends the old pod first: \`kubectl -n ${namespace} patch deployment ${name} -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'\`.`,
        'Where replicas are to run on several nodes, give them a volume that is ReadWriteMany, or a StatefulSet with a claim for each.',
      ],
    };
  }
  const by =
    held === undefined
      ? 'another node'
      : held.pod === undefined
        ? `node ${held.node}`
        : `node ${held.node}, where pod "${held.pod.metadata.name}" mounts it`;
  return {
    cause: `${mountedText(check.mounted)} of pod "${check.pod.metadata.name}" is still attached to ${by}, and can be attached to one node only${held?.stuck === undefined ? '' : `. It cannot be taken off there: ${rootError(held.stuck.error)}`}.`,
    evidence: [
      fromEvent(check.event),
      ...(held?.stuck === undefined
        ? []
        : [fromStatus(held.stuck.ref, 'status.detachError.message', held.stuck.error, held.stuck.time)]),
      ...(held?.pod === undefined ? [] : [fromSpec(refTo('Pod', held.pod), 'spec.nodeName', held.node)]),
    ],
    because:
      held === undefined
        ? []
        : [
            { object: refByName('Node', '', held.node), codes: ['node.'] },
            ...(held.pod === undefined ? [] : [{ object: refTo('Pod', held.pod), codes: ['pod.terminating'] }]),
          ],
  };
}

const detaching = 3 * 60_000;

/** A volume that follows its pod to another node is detached first, which takes a moment; that of a pod which stays is not. */
export function isMoving(check: MountCheck): boolean {
  return (
    heldElsewhere(check)?.pod === undefined &&
    (ageOf(check.snapshot, check.pod.metadata.creationTimestamp) ?? Infinity) < detaching
  );
}
