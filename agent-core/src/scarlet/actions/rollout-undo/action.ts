import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { Risk } from '@autodevops/domain/change/plan';
import { podTemplate } from '@autodevops/domain/kubernetes/pod';
import { refText } from '@autodevops/domain/object-ref';
import { nameList } from '../../../reading/name-list.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { differenceSteps } from '../../patches/difference-patch.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { unseenImages } from '../../standing/image-sightings.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { configurationOfTemplate, missingOfTemplate } from '../../standing/missing-configuration.ts';
import { podsOf } from '../../standing/pods-of.ts';
import { refuse } from '../../refusal.ts';
import { rollingTarget } from '../../targets/rolling-target.ts';
import { rolloutStanding } from '../../standing/rollout-standing.ts';
import { countText, inThreeTenses } from '../../sentences.ts';
import { templateChange } from '../../patches/template-change.ts';
import { workloadRevisions } from '../../standing/workload-revisions.ts';
import type { WorkloadRevision } from '../../standing/workload-revisions.ts';

const Params = z.strictObject({
  toRevision: z.int().min(1).describe('the number of the revision to return to'),
});
type Params = z.infer<typeof Params>;

const templateAt = ['spec', 'template'];

function imagesOf(template: unknown): readonly string[] {
  const { spec } = podTemplate.read(template);
  return [...spec.initContainers, ...spec.containers].map((container) => container.image);
}

interface Health {
  readonly says: string;
  readonly risk: Risk;
}

/** ConfigMaps and Secrets that the revision reads as the present template does: to return to it mends nothing in them. */
function sharedConfiguration(revision: unknown, present: unknown, namespace: string): readonly string[] {
  const now = new Set(configurationOfTemplate(present, namespace));
  return configurationOfTemplate(revision, namespace).filter((name) => now.has(name));
}

/** Pods that are ready read `shared` when they started, which may have been before it was changed. */
function healthOf({ number, pods, ready }: WorkloadRevision, shared: readonly string[]): Health {
  if (ready > 0) {
    const are = `${ready} of its ${countText(pods, 'pod')} ${ready === 1 ? 'is' : 'are'} ready now`;
    return {
      says:
        shared.length === 0
          ? `Revision ${number} is known to work: ${are}.`
          : `Of revision ${number}, ${are}. It reads ${nameList(shared)} as the present template does: what is wrong in there is not mended by it.`,
      risk: 'low',
    };
  }
  if (pods > 0) {
    return {
      says: `Revision ${number} does not work now: none of its ${countText(pods, 'pod')} is ready.`,
      risk: 'high',
    };
  }
  return { says: `Whether revision ${number} was ever healthy cannot be seen: it has no pods now.`, risk: 'medium' };
}

/** With ordered pods, one that never became ready is not replaced by itself: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback */
function orderedNote(workload: Manifest, pods: readonly Manifest[]): readonly string[] {
  if (workload.kind !== 'StatefulSet' || fieldAt(workload, ['spec', 'podManagementPolicy']) === 'Parallel') return [];
  const ready = Number(fieldAt(workload, ['status', 'readyReplicas']) ?? 0);
  return ready >= pods.length ? [] : ['A pod that never became ready is not replaced by itself: delete it afterwards.'];
}

async function plan({ target, params: { toRevision } }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const workload = await rollingTarget(target, live);
  const name = refText(target);
  const revisions = await workloadRevisions(workload, live);
  const revision = revisions.find(({ number }) => number === toRevision);
  if (revision === undefined) {
    return refuse(
      `${name} has no revision ${toRevision} any more.`,
      revisions.length === 0
        ? 'No revision is kept.'
        : `It has ${nameList(
            revisions.map(({ number }) => String(number)),
            10,
          )}.`,
    );
  }
  const steps = differenceSteps(workload, templateAt, revision.template);
  if (steps.length === 0) {
    return refuse(`Revision ${toRevision} of ${name} is its present template.`, 'Choose an earlier revision.');
  }
  const pods = await podsOf(workload, live);
  const [unseen, missing] = await Promise.all([
    unseenImages(imagesOf(revision.template), pods, live),
    missingOfTemplate(revision.template, target.namespace, live),
  ]);
  const health = healthOf(
    revision,
    sharedConfiguration(revision.template, fieldAt(workload, templateAt), target.namespace),
  );
  return await templateChange(
    workload,
    {
      steps,
      sentences: inThreeTenses(['Return', 'Returning', 'Returned'], `${name} to revision ${toRevision}`),
      back: `Returns to the template that it had before revision ${toRevision} was put back.`,
      notes: [
        health.says,
        ...(unseen.length === 0
          ? ['Its images are on nodes of this cluster.']
          : [`No node lists ${nameList(unseen)}: whether the registry still has it is not known.`]),
        ...(missing.length === 0 ? [] : [`Its pods cannot start: ${nameList(missing)} is missing.`]),
        ...orderedNote(workload, pods),
      ],
      risk: missing.length > 0 ? 'high' : unseen.length > 0 && health.risk === 'low' ? 'medium' : health.risk,
    },
    live,
  );
}

/** The revision's number moves on when it is put back, so the rollout is what shows success. */
async function verify({ target }: TypedRequest<Params>, live: Live): Promise<Standing> {
  return rolloutStanding(await liveTarget(target, live));
}

export const rolloutUndo = action<Params>({
  name: 'rollout-undo',
  title: 'Return to an earlier revision',
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
  params: Params,
  risk: 'low',
  patience: 600,
  plan,
  verify,
});
