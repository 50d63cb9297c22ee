import { z } from 'zod';
import { refuse } from '../../refusal.ts';

export const Params = z.strictObject({
  subject: z
    .string()
    .max(300)
    .regex(/^[\w@.:*/-]+$/, 'not the name of a user')
    .describe('the user that was refused: system:serviceaccount:shop:reader'),
  verb: z
    .string()
    .max(40)
    .regex(/^[a-z*]+$/, 'not a verb'),
  apiGroup: z
    .string()
    .max(253)
    .regex(/^([a-z0-9*][a-z0-9.*-]*)?$/, 'not an API group')
    .describe('empty for the core group'),
  resource: z
    .string()
    .max(200)
    .regex(/^[a-z0-9.*-]+(\/[a-z0-9*-]+)?$/, 'not a resource')
    .describe('with its sub-resource: pods/log'),
  namespace: z
    .string()
    .max(63)
    .regex(/^[a-z0-9-]*$/, 'not a namespace')
    .describe('empty for the cluster scope'),
  resourceName: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9*][A-Za-z0-9.:*_-]*$/, 'not the name of an object')
    .optional(),
});
export type Params = z.infer<typeof Params>;

const reading: readonly string[] = ['get', 'list', 'watch'];
const verbs: readonly string[] = [...reading, 'create', 'update', 'patch', 'delete'];

/** Groups that say who may do what, or what the API server itself lets through. */
const guardingGroups =
  /^(rbac\.authorization|authentication|authorization|admissionregistration|apiregistration|apiextensions|certificates|policy)(\.k8s\.io)?$/;
/** Resources that hold credentials, or through which other people's rights are used. */
const credentials: readonly string[] = ['secrets', 'serviceaccounts'];
/** Ways into a container, a node or another program. */
const doors: readonly string[] = ['exec', 'attach', 'portforward', 'proxy', 'ephemeralcontainers', 'token', 'approval'];
/** Who writes these decides which containers run: kubernetes.io, "RBAC good practices", workload creation. */
const startsPods: readonly string[] = [
  'pods',
  'deployments',
  'statefulsets',
  'daemonsets',
  'replicasets',
  'replicationcontrollers',
  'jobs',
  'cronjobs',
  'podtemplates',
  'controllerrevisions',
];
/** Who writes these decides who reaches whom, or how much others may take: guards, and the ways of traffic. */
const guardsOthers: readonly string[] = [
  'networkpolicies',
  'resourcequotas',
  'limitranges',
  'ingresses',
  'services',
  'endpoints',
  'endpointslices',
];
/** By what stands in these a tool acts that has more rights than who writes it: Argo CD, Flux. */
const steeringGroups = /(^|\.)(argoproj\.io|toolkit\.fluxcd\.io)$/;
/**
 * Groups of Kubernetes itself; what the controller of another does for who writes into it is not known. A name that ends
 * in k8s.io is none yet: gateway.networking.k8s.io and snapshot.storage.k8s.io are of controllers that are installed.
 * https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/
 */
const builtIn =
  /^(|apps|batch|autoscaling|extensions|(coordination|discovery|events|networking|node|resource|scheduling|storage)\.k8s\.io)$/;
/** Sub-resources that start nothing although they belong to what does. */
const harmless: readonly string[] = ['status', 'log', 'scale', 'eviction'];

/** Refused unless it is one plain right: no wildcard, nothing that leads to other rights or to credentials. */
export function checkRule({ verb, apiGroup, resource, resourceName = '', namespace }: Params): void {
  const [plural = '', sub = ''] = resource.split('/');
  if ([verb, apiGroup, resource, resourceName].some((part) => part.includes('*'))) {
    refuse('A wildcard gives more than what was asked for.', 'Name the verb, the group and the resource.');
  }
  if (!verbs.includes(verb)) {
    refuse(
      `The verb "${verb}" is not given here.`,
      `It is for ${verbs.join(', ')}; let an administrator decide on others.`,
    );
  }
  if (guardingGroups.test(apiGroup)) {
    refuse(`Rights on ${apiGroup} are not given here: they lead to every other right.`, 'Let an administrator decide.');
  }
  if (steeringGroups.test(apiGroup) && !isReading({ verb })) {
    refuse(
      `Rights to write into ${apiGroup} are not given here: a tool would act by what stands there, with its own rights.`,
      'Let an administrator decide.',
    );
  }
  if (apiGroup === '' && credentials.includes(plural)) {
    refuse(
      `Rights on ${plural} are not given here: they lead to credentials.`,
      'Mount the one Secret that the program needs.',
    );
  }
  if (doors.includes(sub)) {
    refuse(
      `Rights on ${resource} are not given here: they lead into other containers or accounts.`,
      'Let an administrator decide.',
    );
  }
  if (namespace === '') {
    refuse(
      'A right on the whole cluster is not given here.',
      'Restrict the program to its namespace, or let an administrator write a ClusterRole.',
    );
  }
}

/** A right with which more can be done than its words say. */
export function isStrong({ verb, apiGroup, resource }: Params): boolean {
  const [plural = '', sub = ''] = resource.split('/');
  if (isReading({ verb }) || harmless.includes(sub)) return false;
  return startsPods.includes(plural) || guardsOthers.includes(plural) || !builtIn.test(apiGroup);
}

/** What a strong right leads to, for who decides. */
export function strengthText({ apiGroup, resource }: Params): string {
  const [plural = ''] = resource.split('/');
  if (startsPods.includes(plural)) {
    return 'Who may write what starts pods can use every ServiceAccount and Secret of the namespace.';
  }
  if (guardsOthers.includes(plural)) {
    return `Who may write ${plural} decides who reaches whom in the namespace, or how much others may take.`;
  }
  return `What the controller of ${apiGroup} does for who writes ${plural} is not known here.`;
}

export function isReading({ verb }: Pick<Params, 'verb'>): boolean {
  return reading.includes(verb);
}

/** A create has no name yet when it is judged: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources */
export function namesOf({ verb, resourceName = '' }: Params): readonly string[] {
  return verb === 'create' || resourceName === '' ? [] : [resourceName];
}

/** `may list pods/log in namespace shop` without the beginning. */
export function ruleText(params: Params): string {
  const { verb, apiGroup, resource, namespace } = params;
  const name = namesOf(params)
    .map((own) => ` "${own}"`)
    .join('');
  return `${verb} ${resource}${apiGroup === '' ? '' : `.${apiGroup}`}${name} in namespace ${namespace}`;
}
