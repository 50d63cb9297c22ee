import { z } from 'zod';
import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Manifest } from '@autodevops/domain/change/operation';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { configurationReferences } from '../../../reading/pods/configuration/configuration-reference.ts';
import { nameList } from '../../../reading/name-list.ts';
import { isFinished } from '../../../reading/pods/pod-status.ts';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { deleteCreated } from '../../patches/delete-created.ts';
import { givenByPerson } from '../../given-by-person.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { looksSecret } from '../../secrets/looks-secret.ts';
import { malformed, refuse } from '../../refusal.ts';
import { countText, inThreeTenses } from '../../sentences.ts';
import { putBack } from '../../standing/template-standing.ts';

const Key = z
  .string()
  .max(253)
  .regex(/^[\w.-]+$/, 'not a key');

const Params = z.strictObject({
  keys: z.array(Key).max(200).optional().describe('keys that pods ask for'),
  data: z.record(Key, z.string()).optional().describe('what the keys hold: given by a person, never a secret'),
});
type Params = z.infer<typeof Params>;

/** The API server takes no more: https://kubernetes.io/docs/concepts/configuration/configmap/#motivation */
const mostBytes = 1024 * 1024;
/** Published into every namespace by the control plane itself. */
const published = 'kube-root-ca.crt';

function byteLength(data: Readonly<Record<string, string>>): number {
  return Object.entries(data).reduce((sum, [key, value]) => sum + new TextEncoder().encode(key + value).length, 0);
}

/** What the person gave, checked. */
function dataOf(request: TypedRequest<Params>): Readonly<Record<string, string>> {
  const {
    target,
    params: { keys = [], data },
  } = request;
  const name = refText(target);
  if (data === undefined) {
    return malformed(
      `What ${name} is to hold has to come from a person${keys.length === 0 ? '' : `: a value for each of ${nameList(keys, 8)}`}.`,
      'Give it as `data`.',
    );
  }
  givenByPerson(request, `What ${name} is to hold`);
  const missing = keys.filter((key) => !Object.hasOwn(data, key));
  if (missing.length > 0) {
    return malformed(`There is no value for ${nameList(missing, 8)}.`, 'Give one for each key that is asked for.');
  }
  const secret = Object.keys(data).find((key) => looksSecret(key, data[key] ?? ''));
  if (secret !== undefined) {
    return refuse(
      `The value of "${secret}" looks like a secret: it would stand in the record of this change.`,
      'Put it into a Secret, by your secret store or by hand.',
    );
  }
  return byteLength(data) > mostBytes
    ? refuse(`A ConfigMap holds at most ${mostBytes / 1024} KiB.`, 'Put large files into an image or a volume.')
    : data;
}

/** Pods of the namespace that name the ConfigMap, and the keys that they need to start. */
async function wantedBy(
  { namespace, name }: ObjectRef,
  live: Live,
): Promise<{ readonly pods: readonly string[]; readonly keys: readonly string[] }> {
  const pods = await live.cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace }, { signal: live.signal });
  const read = pods.map((pod) => kinds.Pod.shape.read(pod)).filter((pod) => !isFinished(pod));
  const uses = read.map((pod) => ({
    pod: pod.metadata.name,
    references: configurationReferences(pod).filter((one) => one.kind === 'ConfigMap' && one.name === name),
  }));
  const keys = uses.flatMap(({ references }) =>
    references.filter(({ key, optional }) => key !== '' && !optional).map(({ key }) => key),
  );
  return {
    pods: uses.filter(({ references }) => references.length > 0).map(({ pod }) => pod),
    keys: [...new Set(keys)],
  };
}

async function plan(request: TypedRequest<Params>, live: Live): Promise<Draft> {
  const { target } = request;
  const name = refText(target);
  if (target.name === published) {
    return refuse(`${name} is published by the control plane.`, 'See why the control plane does not.');
  }
  if ((await live.cluster.get(target, { signal: live.signal })) !== undefined) {
    return refuse(`${name} exists already.`, 'Correct it where it is kept; this only makes one that is missing.');
  }
  const data = dataOf(request);
  const object: Manifest = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: target.name, namespace: target.namespace },
    data,
  };
  const { pods, keys } = await wantedBy(target, live);
  const lacking = keys.filter((key) => !Object.hasOwn(data, key));
  const held = Object.keys(data);
  return {
    sentences: inThreeTenses(
      ['Create', 'Creating', 'Created'],
      `${name} with ${held.length === 0 ? 'no keys' : `${countText(held.length, 'key')}: ${nameList(held, 8)}`}`,
    ),
    operations: [{ verb: 'create', object }],
    undo: {
      operations: [deleteCreated(object)],
      why: 'Deletes the ConfigMap; pods that read it go on with what they read.',
    },
    touches: [],
    notes: [
      pods.length === 0
        ? 'No pod of the namespace names it now.'
        : `${nameList(pods)} ${pods.length === 1 ? 'names' : 'name'} it.`,
      ...(lacking.length === 0 ? [] : [`Pods also need ${nameList(lacking, 8)}, and do not start without.`]),
    ],
  };
}

async function verify({ target, params }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const object = await liveTarget(target, live);
  if (canonicalJson(object['data'] ?? {}) !== canonicalJson(params.data ?? {})) {
    return putBack(object, 'what it was made with');
  }
  return {
    state: 'succeeded',
    says: `${refText(target)} is there with ${countText(Object.keys(params.data ?? {}).length, 'key')}.`,
  };
}

export const createConfigMap = action<Params>({
  name: 'create-configmap',
  title: 'Create a missing ConfigMap',
  kinds: ['ConfigMap'],
  params: Params,
  risk: 'medium',
  // A volume that could not be mounted is tried again after two minutes at most.
  patience: 180,
  plan,
  verify,
});
