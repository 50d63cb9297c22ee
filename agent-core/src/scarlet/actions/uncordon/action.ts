import { z } from 'zod';
import type { ClusterOperation, Manifest } from '@autodevops/domain/change/operation';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { refText } from '@autodevops/domain/object-ref';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import { conditionOf } from '../../../reading/pods/pod-status.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { isCordoned, unschedulablePath } from '../../patches/cordon-patch.ts';
import { removeField } from '../../patches/field-patch.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { removerOf } from '../../standing/node-removal.ts';
import { refuse } from '../../refusal.ts';
import { reversePatch } from '../../patches/reverse-patch.ts';
import { inThreeTenses } from '../../sentences.ts';
import { putBack } from '../../standing/template-standing.ts';

const Params = z.strictObject({});
type Params = z.infer<typeof Params>;

function notesOf(node: Manifest): readonly string[] {
  const ready = conditionOf(kinds.Node.shape.read(node).status.conditions, 'Ready');
  return ready?.status === 'True'
    ? []
    : [`The node is not ready (${ready?.reason || 'its kubelet says nothing'}): it takes no pods before it is.`];
}

async function plan({ target }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const node = await liveTarget(target, live);
  const name = refText(target);
  if (!isCordoned(node)) return refuse(`${name} is not cordoned.`, 'Nothing is to be done.');
  const remover = removerOf(kinds.Node.shape.read(node));
  if (remover !== undefined) {
    return refuse(`${name} is being taken away by ${remover}.`, 'Let that end, or stop it there.');
  }
  // The server leaves a false one out: removed, it reads the same before and after.
  const patch = {
    verb: 'patch',
    target: targetOf(node),
    subresource: '',
    steps: [...removeField(node, unschedulablePath)],
  } satisfies ClusterOperation;
  return {
    sentences: inThreeTenses(['Uncordon', 'Uncordoning', 'Uncordoned'], `${name}, so that pods can be put on it again`),
    operations: [patch],
    undo: { operations: [reversePatch(patch, node)], why: 'Cordons it again; pods that came meanwhile stay.' },
    touches: [],
    notes: notesOf(node),
  };
}

async function verify({ target }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const node = await liveTarget(target, live);
  if (isCordoned(node)) return putBack(node, 'room for new pods');
  const tainted = kinds.Node.shape
    .read(node)
    .spec.taints.some((taint) => taint.key === 'node.kubernetes.io/unschedulable');
  if (tainted) {
    return { state: 'waiting', says: `The taint node.kubernetes.io/unschedulable is still on ${refText(target)}.` };
  }
  return { state: 'succeeded', says: `${refText(target)} takes pods again.` };
}

export const uncordon = action<Params>({
  name: 'uncordon',
  title: 'Let pods onto a node again',
  kinds: ['Node'],
  params: Params,
  risk: 'low',
  patience: 60,
  plan,
  verify,
});
