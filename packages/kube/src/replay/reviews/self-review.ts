import type { Answer } from '../serving/answer.ts';
import { json } from '../serving/answer.ts';

/** The groups that every ServiceAccount is in: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#service-account-tokens */
function groupsOf(user: string): readonly string[] {
  const [, namespace] = /^system:serviceaccount:([^:]+):[^:]+$/.exec(user) ?? [];
  return namespace === undefined
    ? ['system:authenticated']
    : ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
}

/** Tells who asks. */
export function selfReview(user: string): Answer {
  return json(
    {
      kind: 'SelfSubjectReview',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: {},
      status: { userInfo: { username: user, groups: groupsOf(user) } },
    },
    201,
  );
}
