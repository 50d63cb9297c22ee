import type { PolicyRule, Role } from '@autodevops/domain/kubernetes/cluster';
import type { Access } from '../../reading/platform/rbac.ts';
import { said } from '../../reading/said.ts';

const holds = (list: readonly string[], wanted: string): boolean => list.includes('*') || list.includes(wanted);

function listed(names: readonly string[]): string {
  return said(names.join(', '), 120);
}

/** What one rule lacks, where it lacks one thing only. */
function lacking(rule: PolicyRule, access: Access): string | undefined {
  const verb = holds(rule.verbs, access.verb);
  const group = holds(rule.apiGroups, access.group);
  const resource = holds(rule.resources, access.resource);
  const named = rule.resourceNames.length === 0 || rule.resourceNames.includes(access.name);
  const [parent = '', part] = access.resource.split('/');
  if (verb && resource && named && !group) {
    return `grants ${access.verb} on ${access.resource} of the API group "${listed(rule.apiGroups)}" and not of "${access.group}"`;
  }
  if (group && resource && named && !verb) return `grants only ${listed(rule.verbs)} on ${access.resource}`;
  if (verb && group && resource) {
    return `grants ${access.verb} on ${access.resource} only for the names ${listed(rule.resourceNames)}`;
  }
  if (group && part !== undefined && holds(rule.resources, parent)) {
    return `has a rule for ${parent}, which does not hold for ${access.resource}`;
  }
  return undefined;
}

/** How a role that is bound misses a request by a word: the wrong group, verb or name, or no sub-resource. */
export function nearRule(role: Role, access: Access): string | undefined {
  for (const rule of role.rules) {
    const told = lacking(rule, access);
    if (told !== undefined) return told;
  }
  return undefined;
}
