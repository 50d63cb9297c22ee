import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import { kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import { metadata } from '@autodevops/domain/kubernetes/metadata';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { Snapshot } from '@autodevops/domain/snapshot';
import { ownerOfFinalizer } from '../../../reading/platform/finalizer-owner.ts';
import type { FinalizerOwner } from '../../../reading/platform/finalizer-owner.ts';
import { nameList } from '../../../reading/name-list.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { removeField } from '../../patches/field-patch.ts';
import { fluxKinds } from '../../targets/flux-object.ts';
import { givenByPerson } from '../../given-by-person.ts';
import { LabelKey } from '../../targets/label-names.ts';
import { patchAndBack } from '../../patches/object-patch.ts';
import { refuse } from '../../refusal.ts';
import { inThreeTenses } from '../../sentences.ts';
import { putBack } from '../../standing/template-standing.ts';
import { guardedThings } from './guarded-things.ts';

const Params = z.strictObject({
  finalizer: LabelKey.describe('the one to remove; others stay'),
});
type Params = z.infer<typeof Params>;

/** Kinds whose finalizers keep data or whole namespaces from being lost. */
const keepers: readonly string[] = [
  'Namespace',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'VolumeSnapshot',
];
/** Kubernetes' own; it removes each itself once what it waits for is so. */
const builtIn = /^(kubernetes|orphan|foregroundDeletion)$|(^|\.)(kubernetes|k8s)\.io\//;
/** Custom kinds that are often left with one. */
const customKinds = [
  'Application',
  'ApplicationSet',
  'AppProject',
  ...fluxKinds,
  'ScaledObject',
  'Certificate',
  'Challenge',
  'TenantControlPlane',
  'VolumeSnapshot',
];
/** So long a controller has to do its work by itself, in milliseconds. */
const grace = 5 * 60_000;

function finalizersOf(object: Manifest): readonly string[] {
  return metadata.read(object.metadata).finalizers;
}

async function present(target: ObjectRef, live: Live): Promise<Manifest | undefined> {
  const object = await live.cluster.get(target, { signal: live.signal });
  return object !== undefined && (target.uid === '' || object.metadata['uid'] === target.uid) ? object : undefined;
}

async function ownerOf(object: Manifest, finalizer: string, live: Live): Promise<FinalizerOwner> {
  const list = async (kind: 'Deployment' | 'StatefulSet' | 'Pod'): Promise<readonly Manifest[]> =>
    await live.cluster.list(
      { apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1', kind, namespace: '' },
      { signal: live.signal },
    );
  const [deployments, sets, pods] = await Promise.all([list('Deployment'), list('StatefulSet'), list('Pod')]);
  const snapshot = new Snapshot({
    capturedAt: new Date(live.now).toISOString(),
    objects: {
      Deployment: deployments.map((one) => kinds.Deployment.shape.read(one)),
      StatefulSet: sets.map((one) => kinds.StatefulSet.shape.read(one)),
      Pod: pods.map((one) => kinds.Pod.shape.read(one)),
    },
  });
  return ownerOfFinalizer(snapshot, finalizer, metadata.read(object.metadata));
}

function checkObject(
  object: Manifest,
  finalizer: string,
  { name, now }: { readonly name: string; readonly now: number },
): void {
  const all = finalizersOf(object);
  if (!all.includes(finalizer)) {
    refuse(`${name} has no finalizer ${finalizer}.`, all.length === 0 ? 'It has none.' : `It has ${nameList(all, 8)}.`);
  }
  const deleted = Date.parse(String(object.metadata['deletionTimestamp'] ?? ''));
  if (Number.isNaN(deleted)) {
    refuse(`${name} is not being deleted: its finalizer only waits to do its work.`, 'Leave it; it holds nothing up.');
  }
  if (now - deleted < grace) {
    refuse(
      `${name} is being deleted for less than ${grace / 60_000} minutes: who set the finalizer may be at work.`,
      'Wait.',
    );
  }
}

async function plan(request: TypedRequest<Params>, live: Live): Promise<Draft> {
  const {
    target,
    params: { finalizer },
  } = request;
  const name = refText(target);
  if (keepers.includes(target.kind)) {
    return refuse(
      `The finalizers of ${name} keep what it holds from being lost.`,
      'See what it waits for, and end that.',
    );
  }
  if (builtIn.test(finalizer)) {
    return refuse(
      `${finalizer} is removed by Kubernetes itself when what it waits for is so.`,
      'See what it waits for, and end that.',
    );
  }
  givenByPerson(request, 'That a finalizer may go');
  const object = await present(target, live);
  if (object === undefined) return refuse(`${name} does not exist any more.`, 'Nothing is to be done.');
  checkObject(object, finalizer, { name, now: live.now });
  const owner = await ownerOf(object, finalizer, live);
  const [running] = owner.workloads;
  if (owner.state === 'running' && running !== undefined) {
    return refuse(
      `${finalizer} is for ${owner.who} to remove, and ${refText(running)} runs.`,
      'See its log for why it does not.',
    );
  }
  const guarded = await guardedThings(object, live);
  const last = finalizersOf(object).length === 1;
  return {
    operations: patchAndBack(
      object,
      removeField(object, ['metadata', 'finalizers', finalizersOf(object).indexOf(finalizer)]),
      '',
    ).operations,
    undo: { operations: [], why: 'An object that is being deleted takes no finalizer any more.' },
    sentences: inThreeTenses(['Remove', 'Removing', 'Removed'], `the finalizer ${finalizer} from ${name}`),
    touches: [],
    notes: [
      last
        ? `${name} is then gone.`
        : `${name} stays for ${nameList(finalizersOf(object).filter((one) => one !== finalizer))}.`,
      guarded.length === 0
        ? 'No object of the cluster is seen that it guards.'
        : `It guards, and nobody will clean up: ${nameList(guarded, 10)}.`,
      'What its owner made outside of the cluster (load balancers, records, disks) is left there.',
      owner.state === 'gone'
        ? `It was for ${owner.who}, which does not run.`
        : `Whether ${owner.who} still runs is not known.`,
    ],
  };
}

async function verify({ target, params: { finalizer } }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const object = await present(target, live);
  if (object === undefined) return { state: 'succeeded', says: `${refText(target)} is gone.` };
  if (finalizersOf(object).includes(finalizer)) return putBack(object, `the finalizer ${finalizer} removed`);
  return { state: 'succeeded', says: `${refText(target)} has the finalizer no more.` };
}

export const removeFinalizer = action<Params>({
  name: 'remove-finalizer',
  title: 'Remove a finalizer that nobody will',
  kinds: [...kindNames, ...customKinds],
  params: Params,
  risk: 'high',
  patience: 60,
  plan,
  verify,
});
