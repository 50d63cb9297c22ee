import { ApiStatus, badRequest } from './api-status.ts';
import { fieldAt } from './raw-object.ts';
import type { RawObject } from './raw-object.ts';
import type { Resource } from './resource.ts';

export type Matcher = (object: RawObject) => boolean;

const always: Matcher = () => true;

/** Splits at commas outside of parentheses. */
function requirements(selector: string): string[] {
  return selector.split(/,(?![^(]*\))/).map((one) => one.trim()).filter((one) => one !== '');
}

function labelMatcher(requirement: string): Matcher {
  const set = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(requirement);
  if (set !== null) {
    const [, key = '', operator, values = ''] = set;
    const wanted = new Set(values.split(',').map((value) => value.trim()));
    return (object) => wanted.has(object.metadata.labels?.[key] ?? '\0') === (operator === 'in');
  }
  const equal = /^([^!=\s]+)\s*(==|=|!=)\s*(\S*)$/.exec(requirement);
  if (equal !== null) {
    const [, key = '', operator, value = ''] = equal;
    return (object) => (object.metadata.labels?.[key] === value) === (operator !== '!=');
  }
  const exists = /^(!?)\s*([\w./-]+)$/.exec(requirement);
  if (exists === null) throw badRequest(`unable to parse requirement: ${requirement}`);
  const [, not, key = ''] = exists;
  return (object) => (object.metadata.labels?.[key] !== undefined) === (not === '');
}

const fieldsByKind: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'spec.serviceAccountName', 'status.phase', 'status.podIP', 'status.nominatedNodeName'],
  Secret: ['type'],
  Event: ['involvedObject.kind', 'involvedObject.namespace', 'involvedObject.name', 'involvedObject.uid', 'involvedObject.apiVersion', 'involvedObject.resourceVersion', 'involvedObject.fieldPath', 'reason', 'reportingComponent', 'source', 'type'],
  Namespace: ['status.phase'],
  Node: ['spec.unschedulable'],
  ReplicaSet: ['status.replicas'],
  Job: ['status.successful'],
};

function fieldMatcher(requirement: string, resource: Resource): Matcher {
  const match = /^([\w.]+)(==|=|!=)(.*)$/.exec(requirement);
  if (match === null) throw badRequest(`invalid selector: '${requirement}'; can't understand '${requirement}'`);
  const [, path = '', operator, value = ''] = match;
  const known = ['metadata.name', ...(resource.namespaced ? ['metadata.namespace'] : []), ...(fieldsByKind[resource.kind] ?? [])];
  if (!known.includes(path)) throw new ApiStatus(400, 'BadRequest', `field label not supported: ${path}`);
  return (object) => (fieldAt(object, path) === value) === (operator !== '!=');
}

/** What `labelSelector` and `fieldSelector` let through. Throws a 400 for what the original does not understand either. */
export function matcherFor(parameters: URLSearchParams, resource: Resource): Matcher {
  const matchers = [
    ...requirements(parameters.get('labelSelector') ?? '').map(labelMatcher),
    ...requirements(parameters.get('fieldSelector') ?? '').map((one) => fieldMatcher(one, resource)),
  ];
  return matchers.length === 0 ? always : (object) => matchers.every((matches) => matches(object));
}
