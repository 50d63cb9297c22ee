import { isRecord } from '@autodevops/domain/raw-record';
import type { Answer } from '../serving/answer.ts';
import { json } from '../serving/answer.ts';
import type { Resource } from '../resources/resource.ts';
import { badRequest } from '../serving/status.ts';

/**
 * `resource` is the plural, with its subresource as `pods/log`; without a namespace it is about the whole cluster. `user`
 * is whom the client acts as.
 */
export type Allow = (resource: string, verb: string, namespace: string | undefined, user: string) => boolean;

const group = 'authorization.k8s.io';
const readVerbs = ['get', 'list', 'watch'] as const;
const writeVerbs = ['create', 'patch', 'delete'] as const;

function review(plural: string, kind: string, of = group): Resource {
  return {
    group: of,
    versions: ['v1'],
    plural,
    singular: kind.toLowerCase(),
    kind,
    listKind: '',
    namespaced: false,
    shortNames: [],
    categories: [],
    custom: false,
  };
}

/** What can be created: questions about oneself and one's own rights. */
export const reviewResources: readonly Resource[] = [
  review('selfsubjectaccessreviews', 'SelfSubjectAccessReview'),
  review('selfsubjectrulesreviews', 'SelfSubjectRulesReview'),
  review('selfsubjectreviews', 'SelfSubjectReview', 'authentication.k8s.io'),
];

/** Everything may be read and nothing changed, which is what the server does. */
export const allowReading: Allow = (_resource, verb) => readVerbs.some((read) => read === verb);

/** What a server that takes changes can do. */
export const allowWriting: Allow = (_resource, verb) => [...readVerbs, ...writeVerbs].some((known) => known === verb);

function parseReview(body: string, kind: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    parsed = undefined;
  }
  const spec = isRecord(parsed) ? parsed['spec'] : undefined;
  if (isRecord(spec)) return spec;
  throw badRequest(`the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind`);
}

function textAt(record: Readonly<Record<string, unknown>>, field: string): string {
  const value = record[field];
  return typeof value === 'string' ? value : '';
}

/** Who asks what may be done, and what may. */
export interface Asker {
  readonly allow: Allow;
  readonly user: string;
}

function isAllowed(spec: Readonly<Record<string, unknown>>, { allow, user }: Asker): boolean {
  const attributes = spec['resourceAttributes'];
  if (!isRecord(attributes)) return true;
  const subresource = textAt(attributes, 'subresource');
  const resource =
    subresource === '' ? textAt(attributes, 'resource') : `${textAt(attributes, 'resource')}/${subresource}`;
  const namespace = textAt(attributes, 'namespace');
  return allow(resource, textAt(attributes, 'verb'), namespace === '' ? undefined : namespace, user);
}

export function accessReview(body: string, asker: Asker): Answer {
  const kind = 'SelfSubjectAccessReview';
  const spec = parseReview(body, kind);
  return json(
    { kind, apiVersion: `${group}/v1`, metadata: {}, spec, status: { allowed: isAllowed(spec, asker) } },
    201,
  );
}

export function rulesReview(body: string, { allow, user }: Asker, resources: readonly Resource[]): Answer {
  const kind = 'SelfSubjectRulesReview';
  const namespace = textAt(parseReview(body, kind), 'namespace');
  const names = resources.flatMap((resource) =>
    [resource.plural, ...(resource.plural === 'pods' && resource.group === '' ? ['pods/log'] : [])].map((name) => ({
      apiGroup: resource.group,
      name,
    })),
  );
  const rules = names.map(({ apiGroup, name }) => ({
    verbs: [...readVerbs, ...writeVerbs].filter((verb) => allow(name, verb, namespace, user)),
    apiGroups: [apiGroup],
    resources: [name],
  }));
  const reviews = {
    verbs: ['create'],
    apiGroups: [group],
    resources: reviewResources.filter((resource) => resource.group === group).map((resource) => resource.plural),
  };
  const status = {
    resourceRules: [reviews, ...rules.filter((rule) => rule.verbs.length > 0)],
    nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['*'] }],
    incomplete: false,
  };
  return json({ kind, apiVersion: `${group}/v1`, metadata: {}, spec: {}, status }, 201);
}
