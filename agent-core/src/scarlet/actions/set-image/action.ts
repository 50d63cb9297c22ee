import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import { podTemplate } from '@autodevops/domain/kubernetes/pod';
import { refText } from '@autodevops/domain/object-ref';
import { imageReference, repositoryOf } from '../../../reading/images/image-reference.ts';
import { nameList } from '../../../reading/name-list.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { ownedBy } from '../../targets/controller.ts';
import { fieldAt, setField } from '../../patches/field-patch.ts';
import { givenByPerson } from '../../given-by-person.ts';
import { ImageName } from '../../targets/image-name.ts';
import { imageKey, unseenImages } from '../../standing/image-sightings.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { podsOf } from '../../standing/pods-of.ts';
import { refuse } from '../../refusal.ts';
import { rollingTarget } from '../../targets/rolling-target.ts';
import { inThreeTenses } from '../../sentences.ts';
import { templateChange } from '../../patches/template-change.ts';
import { putBack, templateStanding } from '../../standing/template-standing.ts';
import { workloadRevisions } from '../../standing/workload-revisions.ts';
import { ContainerName, containerPlace, templateKinds } from '../../targets/workload-template.ts';

const Params = z.strictObject({
  container: ContainerName,
  image: ImageName,
  givenBy: z
    .enum(['history', 'person'])
    .optional()
    .describe('`history` (when absent): the workload had it before; `person`: a person gives it'),
});
type Params = z.infer<typeof Params>;

/** Templates that this workload has had, and still keeps. */
async function pastTemplates(workload: Manifest, live: Live): Promise<readonly unknown[]> {
  if (workload.kind !== 'CronJob') {
    return (await workloadRevisions(workload, live)).map((revision) => revision.template);
  }
  return (await ownedBy(workload, { apiVersion: 'batch/v1', kind: 'Job' }, live)).map((job) =>
    fieldAt(job, ['spec', 'template']),
  );
}

/** Images that the container of that name has had. */
function imagesOf(container: string, templates: readonly unknown[]): readonly string[] {
  const containers = templates
    .map((template) => podTemplate.read(template).spec)
    .flatMap((spec) => [...spec.initContainers, ...spec.containers]);
  return [...new Set(containers.filter((own) => own.name === container).map((own) => own.image))];
}

async function checkHistory(
  workload: Manifest,
  { container, image }: Params,
  present: string,
  live: Live,
): Promise<void> {
  const known = imagesOf(container, await pastTemplates(workload, live));
  if (known.some((other) => imageKey(other) === imageKey(image))) return;
  const others = known.filter((other) => imageKey(other) !== imageKey(present));
  refuse(
    `Container "${container}" never had the image ${image}, as far as its history is kept.`,
    others.length === 0 ? 'Let a person give the image.' : `It had ${nameList(others)}.`,
  );
}

async function plan(request: TypedRequest<Params>, live: Live): Promise<Draft> {
  const { target, params } = request;
  const workload = await rollingTarget(target, live);
  const place = containerPlace(workload, params.container);
  const path = [...place.path, 'image'];
  const present = String(fieldAt(workload, path) ?? '');
  if (imageKey(present) === imageKey(params.image)) {
    return refuse(
      `Container "${place.name}" of ${refText(target)} has the image ${present} already.`,
      'Nothing is to be done.',
    );
  }
  const given = params.givenBy === 'person';
  if (given) givenByPerson(request, 'An image that the workload never had');
  else await checkHistory(workload, params, present, live);
  const pods = workload.kind === 'CronJob' ? [] : await podsOf(workload, live);
  const unseen = await unseenImages([params.image], pods, live);
  const { tag, digest } = imageReference(params.image);
  const other = repositoryOf(params.image) !== repositoryOf(present);
  return await templateChange(
    workload,
    {
      steps: [...place.guard, ...setField(workload, path, params.image)],
      sentences: inThreeTenses(
        ['Set', 'Setting', 'Set'],
        `the image of container "${place.name}" of ${refText(target)} from ${present} to ${params.image}`,
      ),
      back: `Sets the image back to ${present}.`,
      notes: [
        unseen.length === 0
          ? 'The image is on nodes of this cluster.'
          : 'No node lists the image: whether the registry has it is not known.',
        ...(tag === 'latest' && digest === '' ? ['The tag latest may mean another image tomorrow.'] : []),
        ...(other ? [`It is of another repository than ${repositoryOf(present)}.`] : []),
      ],
      ...(given || other ? { risk: 'high' as const } : {}),
    },
    live,
  );
}

async function verify({ target, params }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const workload = await liveTarget(target, live);
  const image = String(fieldAt(workload, [...containerPlace(workload, params.container).path, 'image']) ?? '');
  return image === params.image ? templateStanding(workload) : putBack(workload, `the image ${params.image}`);
}

export const setImage = action<Params>({
  name: 'set-image',
  title: 'Set the image of a container',
  kinds: templateKinds,
  params: Params,
  risk: 'medium',
  patience: 600,
  plan,
  verify,
});
