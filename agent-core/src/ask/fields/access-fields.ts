import type { PolicyRule } from '@autodevops/domain/kubernetes/cluster';
import { subjectTexts } from '../access/granted.ts';
import type { Field } from './field.ts';
import { field, one, yesOrNo } from './field.ts';
import { count } from './measures.ts';

/** "get, list pods", "do anything with everything of apps and batch", "get /healthz". */
export function ruleText({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string {
  const all = (list: readonly string[], words: string): string => (list.includes('*') ? words : list.join(', '));
  const groups = apiGroups.includes('*')
    ? ''
    : ` of ${apiGroups.map((group) => (group === '' ? 'the core group' : group)).join(', ')}`;
  const what = resources.length === 0 ? all(nonResourceURLs, 'every URL') : all(resources, `everything${groups}`);
  return `${all(verbs, 'do anything with')} ${what}${resourceNames.length === 0 ? '' : ` named ${resourceNames.join(', ')}`}`;
}

/** What roles, bindings, accounts and configuration say of themselves. */
export const accessFields: readonly Field[] = [
  field('rule', 'rules?|permissions?', {
    Role: ({ rules }) => rules.map(ruleText),
    ClusterRole: ({ rules }) => rules.map(ruleText),
  }),
  field('subject', 'subjects?|members?|bound to', { RoleBinding: subjectTexts, ClusterRoleBinding: subjectTexts }),
  field('role', 'roles?|cluster ?roles?', {
    RoleBinding: ({ roleRef }) => [`${roleRef.kind} ${roleRef.name}`],
    ClusterRoleBinding: ({ roleRef }) => [`${roleRef.kind} ${roleRef.name}`],
  }),
  field('pull secret', '(?:image )?pull secrets?', {
    ServiceAccount: ({ imagePullSecrets }) => imagePullSecrets.map(({ name }) => name),
  }),
  field('key', 'keys?', {
    ConfigMap: ({ data, binaryData }) => [...Object.keys(data), ...binaryData],
    Secret: ({ keys }) => keys,
  }),
  field('immutable', 'immutable|read.?only', { ConfigMap: ({ immutable }) => yesOrNo(immutable) }),
  field('priority value', 'priority values?', { PriorityClass: ({ value }) => one(value) }, { measure: count }),
  field('certificate name', '(?:certificate |dns |alt(?:ernative)? )?names?', {
    Secret: ({ certificate }) => certificate?.names ?? [],
  }),
  field('end', '(?:expir(?:y|es|ation|ing)|ends?|valid until|not ?after)(?: dates?)?', {
    Secret: ({ certificate }) => one(certificate?.notAfter),
  }),
  field('issuer', 'issuers?', { Secret: ({ certificate }) => one(certificate?.issuer) }),
  field('version', '(?:served )?versions?', {
    CustomResourceDefinition: ({ spec }) =>
      spec.versions.filter(({ served }) => served === true).map(({ name }) => name),
  }),
  field('group', '(?:api )?groups?', { CustomResourceDefinition: ({ spec }) => one(spec.group) }),
  field('failure policy', 'failure ?polic(?:y|ies)', {
    ValidatingWebhookConfiguration: ({ webhooks }) => webhooks.flatMap((w) => one(w.failurePolicy)),
    MutatingWebhookConfiguration: ({ webhooks }) => webhooks.flatMap((w) => one(w.failurePolicy)),
  }),
  field('holder', 'holders?|leaders?', { Lease: ({ spec }) => one(spec.holderIdentity) }),
];
