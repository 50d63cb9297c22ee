import type { CodeEntry } from '@autodevops/domain/finding';

const means =
  'The API server knows who asks and refuses, because no RBAC rule that is bound to this account allows it. The program fails or does only part of its work.';
const avoid = [
  'Do not bind cluster-admin to make it work.',
  'Do not grant the right to the default service account: every pod of the namespace would have it.',
];

export const missingRule: CodeEntry = {
  code: 'permission.forbidden.missing-rule',
  group: 'permission',
  title: 'Forbidden: no rule allows it',
  severity: 'critical',
  means,
  recognised:
    'A recent log line, event or condition says "is forbidden: User ... cannot VERB resource", and no role that is bound to the account has the rule.',
  nextSteps: ['Add the missing rule to a Role and bind it to the account that is named.'],
  avoid,
};

export const notBound: CodeEntry = {
  code: 'permission.forbidden.role-not-bound',
  group: 'permission',
  title: 'Forbidden: the role exists but is not bound',
  severity: 'critical',
  means,
  recognised:
    'A request is refused, and a Role of the namespace (or a ClusterRole of this program) has the rule, but no binding gives it to the account.',
  nextSteps: ['Bind the role to the account.'],
  avoid,
};

export const wrongSubject: CodeEntry = {
  code: 'permission.forbidden.wrong-subject',
  group: 'permission',
  title: 'Forbidden: the binding names another subject',
  severity: 'critical',
  means,
  recognised:
    'A request is refused, and a binding grants the right to a subject that is alike: the same account in another namespace, a name a letter apart, a User instead of a ServiceAccount.',
  nextSteps: ['Correct the subject in the binding.'],
  avoid,
};

export const wrongScope: CodeEntry = {
  code: 'permission.forbidden.wrong-scope',
  group: 'permission',
  title: 'Forbidden: the binding is for another namespace',
  severity: 'critical',
  means,
  recognised:
    'A request is refused, and a RoleBinding in another namespace gives the account this right there; or the request is for the whole cluster and only a RoleBinding gives the right.',
  nextSteps: [
    'Add a RoleBinding in the namespace that is asked for, or, for the whole cluster, a ClusterRole with a ClusterRoleBinding; or restrict the program to its namespace.',
  ],
  avoid,
};

export const roleMissing: CodeEntry = {
  code: 'permission.forbidden.role-missing',
  group: 'permission',
  title: 'Forbidden: the binding refers to a role that does not exist',
  severity: 'critical',
  means,
  recognised: 'A request is refused, and a binding for the account names a Role or ClusterRole that does not exist.',
  nextSteps: [
    "Create the role, or bind one that exists. A binding's roleRef cannot be changed: delete the binding and make it anew.",
  ],
  avoid,
};

export const wrongAccount: CodeEntry = {
  code: 'permission.forbidden.wrong-account',
  group: 'permission',
  title: 'Forbidden: the pod runs under the wrong service account',
  severity: 'critical',
  means,
  recognised:
    'A request of the default service account is refused, and another service account of the namespace has the right.',
  nextSteps: ["Set serviceAccountName in the workload's pod template."],
  avoid,
};

export const refused: CodeEntry = {
  code: 'permission.forbidden.refused',
  group: 'permission',
  title: 'Forbidden',
  severity: 'warning',
  means,
  recognised:
    'A recent log line, event or condition says "is forbidden: User ... cannot VERB resource"; the roles and bindings could not all be read.',
  nextSteps: ['See what the account may do: `kubectl auth can-i --list --as USER -n NAMESPACE`.'],
  avoid,
};

export const cloudRefused: CodeEntry = {
  code: 'permission.cloud.refused',
  group: 'permission',
  title: 'The cloud refuses a program of the cluster',
  severity: 'critical',
  means:
    'The program asks the API of the cloud under a role of its service account or of its node, and that role lacks a permission. What it manages there (addresses, disks, balancers, machines) is not kept up.',
  recognised:
    'A pod that is not ready, and a recent warning about it that its own program wrote and that says that the cloud refuses ("Unauthorized operation", "not authorized to perform", "AccessDenied", "AuthorizationFailed").',
  nextSteps: [
    'Grant the named action to the role that the program has: that of its service account (on EKS the annotation eks.amazonaws.com/role-arn), else that of its node.',
    'If it worked before, see in the audit log of the cloud who took the policy off the role.',
  ],
  avoid: ['Do not give the role of the nodes more than is named: every pod on them can use it.'],
};
