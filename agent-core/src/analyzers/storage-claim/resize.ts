import type { Finding } from '@autodevops/domain/finding';
import { refTo } from '@autodevops/domain/object-ref';
import { parseQuantity } from '@autodevops/domain/quantity';
import { finding, fromCondition, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { conditionOf } from '../../reading/pods/pod-status.ts';
import { ageOf, isRecent, newestEvents } from '../../reading/recency.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { request } from './claim.ts';
import type { ClaimCheck } from './claim.ts';
import { resizeFailed, resizePending } from './codes.ts';

const patience = 10 * 60_000;

function sizes(check: ClaimCheck) {
  const has = check.claim.status.capacity['storage'] ?? '';
  return {
    wanted: request(check.claim),
    has,
    evidence: [
      fromSpec(check.ref, 'spec.resources.requests.storage', request(check.claim)),
      fromStatus(check.ref, 'status.capacity.storage', has),
    ],
  };
}

function failure(check: ClaimCheck): Finding | undefined {
  const { wanted, has, evidence } = sizes(check);
  const told = ['ControllerResizeError', 'NodeResizeError']
    .map((type) => conditionOf(check.claim.status.conditions, type))
    .find((c) => c?.status === 'True');
  const [event] = newestEvents(check.snapshot, check.ref, 'VolumeResizeFailed', 'FileSystemResizeFailed').filter((e) =>
    isRecent(check.snapshot, e.last),
  );
  const said =
    told === undefined ? (event === undefined ? undefined : fromEvent(event)) : fromCondition(check.ref, told);
  if (said === undefined) return undefined;
  const why = rootError(told?.message ?? event?.message ?? '');
  return finding(resizeFailed, {
    object: check.ref,
    cause: `Claim "${check.claim.metadata.name}" asks for ${wanted}, has ${has}, and its volume could not be enlarged${why === '' ? '' : `: ${why}`}.`,
    evidence: [said, ...evidence],
    since: told?.lastTransitionTime ?? event?.first ?? '',
  });
}

function pending(check: ClaimCheck): Finding | undefined {
  const condition = conditionOf(check.claim.status.conditions, 'FileSystemResizePending');
  if (condition?.status !== 'True') return undefined;
  const late = check.users.length > 0 && (ageOf(check.snapshot, condition.lastTransitionTime) ?? 0) > patience;
  const [pod] = check.users;
  const by =
    pod === undefined
      ? 'for the next pod that mounts it'
      : late
        ? `until pod "${pod.metadata.name}" is started again`
        : `for pod "${pod.metadata.name}"`;
  return finding(resizePending, {
    object: check.ref,
    standing: late ? 'current' : 'progressing',
    severity: late ? 'warning' : 'info',
    confidence: 'medium',
    cause: `The disk of claim "${check.claim.metadata.name}" is enlarged; its file system waits ${by}.`,
    evidence: [fromCondition(check.ref, condition), ...sizes(check).evidence],
    since: condition.lastTransitionTime ?? '',
    because: late && pod !== undefined ? [{ object: refTo('Pod', pod) }] : [],
  });
}

/** A bound claim that asks for more than it has. */
export function checkResize(check: ClaimCheck): Finding | undefined {
  const [wanted, has] = [parseQuantity(request(check.claim)), parseQuantity(check.claim.status.capacity['storage'])];
  if (wanted === undefined || has === undefined || wanted <= has) return undefined;
  return failure(check) ?? pending(check);
}
