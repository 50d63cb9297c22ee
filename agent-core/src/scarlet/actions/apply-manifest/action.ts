import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import { metadata as readMetadata } from '@autodevops/domain/kubernetes/metadata';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { awayAtOnce } from '../../standing/away-at-once.ts';
import { keptByApply } from '../../patches/applied-fields.ts';
import { deleteCreated } from '../../patches/delete-created.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { formerApply } from '../../patches/former-apply.ts';
import { givenByPerson } from '../../given-by-person.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { podsOf } from '../../standing/pods-of.ts';
import { refuse } from '../../refusal.ts';
import { rolloutStanding } from '../../standing/rollout-standing.ts';
import { newSecretNotes, newSecrets } from '../../secrets/secret-access.ts';
import { inThreeTenses } from '../../sentences.ts';
import { applied } from '../../patches/shown-values.ts';
import { putBack } from '../../standing/template-standing.ts';
import { checkVolumeLoss } from '../../standing/volume-loss.ts';
import { templatePath } from '../../targets/workload-template.ts';
import { checkAccount } from './account-kept.ts';
import { checkGuards } from './guards-kept.ts';
import { podsThatScalingTakes } from './autoscaler-check.ts';
import { newHostNotes } from './ingress-hosts.ts';
import { Written, checkManifest, groupsOf } from './manifest-check.ts';
import { doorNotes } from './opened-doors.ts';

const Params = z.strictObject({
  manifest: Written.describe('the object, or the fields of it that are to be set, as a person reviewed it'),
});
type Params = z.infer<typeof Params>;

const rolling: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet'];
/** Kinds of which a field, once set, cannot be changed: what applies to them is made anew. */
const fixed: readonly string[] = ['Job', 'PersistentVolumeClaim'];

/** A manifest on its way onto what stands under its name. */
interface Applying {
  readonly manifest: Manifest;
  readonly present: Manifest | undefined;
  readonly target: ObjectRef;
}

/** Managers that write once, for a person, and keep nothing. */
const byHand = /^(kubectl\b.*|before-first-apply|autodevops)$/;

/** Whether only people's hands wrote the object: then its fields may be taken over. Statuses and the revision of a rollout are nobody's wish. */
function writtenByHand({ metadata }: Manifest): boolean {
  const writers = readMetadata
    .read(metadata)
    .managers.filter(
      ({ manager, subresource }) =>
        subresource !== 'status' && !(manager === 'kube-controller-manager' && subresource === ''),
    );
  return writers.every(({ manager }) => byHand.test(manager));
}

function checkName({ kind, metadata }: Written, target: ObjectRef): void {
  const same = kind === target.kind && metadata.name === target.name && metadata.namespace === target.namespace;
  if (!same) {
    refuse(`The manifest is of ${refText({ kind, ...metadata })}, not of ${refText(target)}.`, 'Correct the target.');
  }
}

function undoOf(object: Manifest, present: Manifest | undefined): Draft['undo'] {
  if (present === undefined) return { operations: [deleteCreated(object)], why: 'Deletes it again.' };
  return {
    operations: [formerApply(object, present)],
    why: 'Applies the values of before; fields that it did not have go.',
  };
}

/** What cannot be changed once it stands, and what could not be taken back. */
function checkFixed(manifest: Manifest, present: Manifest, target: ObjectRef): void {
  if (fixed.includes(manifest.kind)) {
    refuse(
      `${refText(target)} exists, and most of a ${manifest.kind} cannot be changed.`,
      'Give the new one another name.',
    );
  }
  if (manifest['immutable'] === true && present['immutable'] !== true) {
    refuse(
      `${refText(target)} could never be changed again, nor this be taken back.`,
      'Leave out immutable, or give a new one another name.',
    );
  }
}

/** How many replicas fewer there are then: by a smaller number, or by none where an earlier manifest set one. */
function fewerIn(manifest: Manifest, present: Manifest): number {
  const [now, wanted, kept] = [present, manifest, keptByApply(present, manifest)].map((one) =>
    fieldAt(one, ['spec', 'replicas']),
  );
  // Without a number it is one (kubernetes.io, "Deployment").
  return Math.max(0, Number(now ?? 1) - Number(wanted === null ? 1 : (wanted ?? kept ?? 1)));
}

async function touchesOf({ manifest, present, target }: Applying, live: Live): Promise<readonly Manifest[]> {
  if (manifest.kind === 'HorizontalPodAutoscaler') {
    return await podsThatScalingTakes({ manifest, present, target }, live);
  }
  return present !== undefined && rolling.includes(manifest.kind) ? await podsOf(present, live) : [];
}

async function notesOf(
  { manifest, present, target }: Applying,
  force: boolean,
  live: Live,
): Promise<readonly string[]> {
  const path = templatePath(manifest);
  const [before, after] = [present === undefined ? undefined : fieldAt(present, path), fieldAt(manifest, path)];
  return [
    force
      ? 'It takes over what was written by hand.'
      : 'It is refused where another manager owns a field that it sets.',
    ...newSecretNotes(await newSecrets(before, after, target.namespace, live)),
    ...doorNotes(manifest, before, after),
    ...(manifest.kind === 'Ingress' ? await newHostNotes(manifest, present, live) : []),
  ];
}

async function checked(request: TypedRequest<Params>, live: Live): Promise<Applying> {
  const {
    target,
    params: { manifest },
  } = request;
  givenByPerson(request, 'A manifest');
  checkName(manifest, target);
  checkManifest(manifest);
  const object = manifest as Manifest;
  const present = await live.cluster.get(target, { signal: live.signal });
  checkAccount(object, present);
  if (present !== undefined) {
    await liveTarget(target, live);
    checkFixed(object, present, target);
    checkGuards(object, present, target);
    // Judged like the action that scales.
    if (fewerIn(object, present) > 0) checkVolumeLoss(present);
  }
  return { manifest: object, present, target };
}

async function plan(request: TypedRequest<Params>, live: Live): Promise<Draft> {
  const applying = await checked(request, live);
  const { manifest, present, target } = applying;
  const force = present !== undefined && writtenByHand(present);
  const touches = await touchesOf(applying, live);
  return {
    sentences: inThreeTenses(
      ['Apply', 'Applying', 'Applied'],
      `the reviewed manifest of ${refText(target)}${present === undefined ? ', which does not exist yet' : ''}`,
    ),
    operations: [{ verb: 'apply', object: manifest, force }],
    undo: undoOf(manifest, present),
    touches,
    ...(present !== undefined && rolling.includes(manifest.kind)
      ? { atOnce: Math.min(touches.length, Math.max(awayAtOnce(present, touches.length), fewerIn(manifest, present))) }
      : {}),
    notes: await notesOf(applying, force, live),
  };
}

async function verify({ target, params: { manifest } }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const object = await liveTarget(target, live);
  if (!applied(object, manifest)) return putBack(object, 'what was applied');
  return rolling.includes(object.kind)
    ? rolloutStanding(object)
    : { state: 'succeeded', says: `${refText(target)} shows what was applied.` };
}

export const applyManifest = action<Params>({
  name: 'apply-manifest',
  title: 'Apply a reviewed manifest',
  kinds: Object.keys(groupsOf),
  params: Params,
  risk: 'high',
  patience: 600,
  plan,
  verify,
});
