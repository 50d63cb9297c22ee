import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { refText } from '@autodevops/domain/object-ref';
import { nameList } from '../../../reading/name-list.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { fieldAt, setField } from '../../patches/field-patch.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { ObjectNameText } from '../../targets/object-name.ts';
import { refuse } from '../../refusal.ts';
import { rollingTarget } from '../../targets/rolling-target.ts';
import { inThreeTenses } from '../../sentences.ts';
import { templateChange } from '../../patches/template-change.ts';
import { putBack, templateStanding } from '../../standing/template-standing.ts';
import { templateKinds, templateOf, templatePath } from '../../targets/workload-template.ts';

const Params = z.strictObject({
  secret: ObjectNameText.describe('a Secret of the namespace, of type kubernetes.io/dockerconfigjson'),
});
type Params = z.infer<typeof Params>;

const pullType = 'kubernetes.io/dockerconfigjson';

function attached(workload: Manifest): readonly string[] {
  return templateOf(workload).spec.imagePullSecrets.map(({ name }) => name);
}

async function checkSecret(name: string, namespace: string, live: Live): Promise<void> {
  const object = await live.cluster.get({ apiVersion: 'v1', kind: 'Secret', namespace, name }, { signal: live.signal });
  if (object === undefined) return refuse(`There is no Secret ${namespace}/${name}.`, 'Create it, or choose another.');
  const { type } = kinds.Secret.shape.read(object);
  if (type !== pullType) {
    refuse(
      `Secret ${namespace}/${name} is of type ${type || 'Opaque'}, not ${pullType}.`,
      'Choose one that `kubectl create secret docker-registry` made.',
    );
  }
}

async function accountSecrets(workload: Manifest, namespace: string, live: Live): Promise<readonly string[]> {
  const name = templateOf(workload).spec.serviceAccountName || 'default';
  const account = await live.cluster.get(
    { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name },
    { signal: live.signal },
  );
  return account === undefined
    ? []
    : kinds.ServiceAccount.shape.read(account).imagePullSecrets.map((secret) => secret.name);
}

/** A pod that names none gets those of its ServiceAccount: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#add-imagepullsecrets-to-a-service-account */
async function inherited(workload: Manifest, secret: string, live: Live): Promise<readonly string[]> {
  if (attached(workload).length > 0) return [];
  const names = await accountSecrets(workload, workload.metadata.namespace ?? '', live);
  if (names.includes(secret)) {
    return refuse(
      `New pods get the pull secret "${secret}" by their ServiceAccount already.`,
      'Restart the rollout, if its pods are older than that.',
    );
  }
  return names.length === 0
    ? []
    : [
        `Its pods no longer get ${nameList(names)} from their ServiceAccount: that is only for pods that name no pull secret.`,
      ];
}

async function plan({ target, params: { secret } }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const workload = await rollingTarget(target, live);
  const present = attached(workload);
  if (present.includes(secret)) {
    return refuse(
      `${refText(target)} names the pull secret "${secret}" already.`,
      'See whether its credentials are for the registry of the image.',
    );
  }
  await checkSecret(secret, target.namespace, live);
  const notes = await inherited(workload, secret, live);
  return await templateChange(
    workload,
    {
      steps: setField(workload, [...templatePath(workload), 'spec', 'imagePullSecrets', present.length], {
        name: secret,
      }),
      sentences: inThreeTenses(
        ['Attach', 'Attaching', 'Attached'],
        `the pull secret "${secret}" to the pods of ${refText(target)}`,
      ),
      back: 'Takes the pull secret off again.',
      notes: ['Whether it is for the registry of the image is not known: values of Secrets are never read.', ...notes],
    },
    live,
  );
}

async function verify({ target, params: { secret } }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const workload = await liveTarget(target, live);
  const names = fieldAt(workload, [...templatePath(workload), 'spec', 'imagePullSecrets']);
  const stands = Array.isArray(names) && names.some((entry) => fieldAt(entry, ['name']) === secret);
  return stands ? templateStanding(workload) : putBack(workload, `the pull secret "${secret}"`);
}

export const attachPullSecret = action<Params>({
  name: 'attach-pull-secret',
  title: 'Attach a pull secret',
  kinds: templateKinds,
  params: Params,
  risk: 'medium',
  patience: 600,
  plan,
  verify,
});
