import { z } from 'zod';
import type { ClusterOperation, Manifest } from '@autodevops/domain/change/operation';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { refText } from '@autodevops/domain/object-ref';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import { parseQuantity } from '@autodevops/domain/quantity';
import { conditionOf } from '../../../reading/pods/pod-status.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { QuantityText, canonicalQuantity } from '../../patches/canonical-quantity.ts';
import { fieldAt, setField } from '../../patches/field-patch.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { quotaShortages } from '../../standing/quota-shortage.ts';
import { refuse } from '../../refusal.ts';
import { inThreeTenses } from '../../sentences.ts';
import { putBack } from '../../standing/template-standing.ts';

const Params = z.strictObject({
  size: QuantityText.describe('how much storage the claim should ask for'),
});
type Params = z.infer<typeof Params>;

const requestPath = ['spec', 'resources', 'requests', 'storage'];
/** A volume never shrinks again, so a slip of the hand must not cost a terabyte. */
const mostTimes = 4;

function bytesAt(claim: Manifest, path: readonly string[]): number {
  return parseQuantity(String(fieldAt(claim, path) ?? '')) ?? 0;
}

async function checkClass(claim: Manifest, live: Live): Promise<string> {
  const name = String(fieldAt(claim, ['spec', 'storageClassName']) ?? '');
  if (name === '') {
    return refuse(
      `${claim.metadata.name} has no StorageClass: nothing can grow its volume.`,
      'Copy the data to a larger volume.',
    );
  }
  const found = await live.cluster.get(
    { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', namespace: '', name },
    { signal: live.signal },
  );
  if (found === undefined) {
    return refuse(
      `StorageClass ${name} does not exist any more.`,
      'Create it again, or copy the data to a larger volume.',
    );
  }
  return found['allowVolumeExpansion'] === true
    ? name
    : refuse(
        `StorageClass ${name} does not allow its volumes to grow.`,
        'Copy the data to a larger volume of another class.',
      );
}

function checkSize(claim: Manifest, size: string, name: string): void {
  const [wanted, asked, has] = [
    parseQuantity(size) ?? 0,
    bytesAt(claim, requestPath),
    bytesAt(claim, ['status', 'capacity', 'storage']),
  ];
  if (fieldAt(claim, ['status', 'phase']) !== 'Bound') {
    refuse(`${name} is not bound: it has no volume that could grow.`, 'See why it is not bound.');
  }
  if (wanted === asked) refuse(`${name} asks for ${size} already.`, 'Nothing is to be done.');
  if (wanted < asked) {
    refuse(`${size} is less than what ${name} asks for: a volume cannot shrink.`, 'Choose a larger size.');
  }
  if (asked > has) {
    refuse(`${name} is still growing to the size that it was last asked for.`, 'Wait until that has ended.');
  }
  if (wanted > asked * mostTimes) {
    refuse(`${size} is more than ${mostTimes} times the present size of ${name}.`, 'Grow it in smaller steps.');
  }
}

function claimTemplateNote(claim: Manifest): readonly string[] {
  const labels = Object.keys((fieldAt(claim, ['metadata', 'labels']) ?? {}) as object);
  return labels.length > 0 && /-\d+$/.test(claim.metadata.name)
    ? ['If a StatefulSet made it: claims that it makes later have the old size.']
    : [];
}

async function plan({ target, params }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const claim = await liveTarget(target, live);
  const name = refText(target);
  const size = canonicalQuantity(params.size) ?? params.size;
  checkSize(claim, size, name);
  const storageClass = await checkClass(claim, live);
  const more = (parseQuantity(size) ?? 0) - bytesAt(claim, requestPath);
  const [shortage] = await quotaShortages(
    target.namespace,
    new Map([
      ['requests.storage', more],
      [`${storageClass}.storageclass.storage.k8s.io/requests.storage`, more],
    ]),
    live,
  );
  if (shortage !== undefined) return refuse(shortage, 'Free some of the quota first, or have it raised.');
  const patch = {
    verb: 'patch',
    target: targetOf(claim),
    subresource: '',
    steps: [...setField(claim, requestPath, size)],
  } satisfies ClusterOperation;
  return {
    sentences: inThreeTenses(
      ['Grow', 'Growing', 'Grew'],
      `${name} from ${String(fieldAt(claim, requestPath))} to ${size}`,
    ),
    operations: [patch],
    undo: { operations: [], why: 'A volume cannot shrink.' },
    touches: [],
    notes: ['Some drivers grow the file system only when a pod mounts the volume anew.', ...claimTemplateNote(claim)],
  };
}

async function verify({ target, params }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const claim = await liveTarget(target, live);
  const wanted = parseQuantity(canonicalQuantity(params.size)) ?? 0;
  if (bytesAt(claim, requestPath) < wanted) return putBack(claim, `a request of ${params.size}`);
  const capacity = String(fieldAt(claim, ['status', 'capacity', 'storage']) ?? 'nothing');
  if (bytesAt(claim, ['status', 'capacity', 'storage']) >= wanted) {
    return { state: 'succeeded', says: `${refText(target)} has ${capacity}.` };
  }
  // https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/persistent-volume-claim-v1/
  const progress = String(fieldAt(claim, ['status', 'allocatedResourceStatuses', 'storage']) ?? '');
  if (progress.endsWith('Infeasible')) {
    return { state: 'failed', says: `${refText(target)} cannot grow (${progress}).` };
  }
  const { conditions } = kinds.PersistentVolumeClaim.shape.read(claim).status;
  const pending =
    conditionOf(conditions, 'FileSystemResizePending')?.status === 'True'
      ? '; its file system grows when a pod mounts it anew'
      : '';
  return { state: 'waiting', says: `${refText(target)} has ${capacity} of ${params.size}${pending}.` };
}

export const extendPvc = action<Params>({
  name: 'extend-pvc',
  title: 'Grow a volume',
  kinds: ['PersistentVolumeClaim'],
  params: Params,
  risk: 'medium',
  patience: 600,
  plan,
  verify,
});
