import type { FailurePattern } from '../failure-pattern.ts';

/** The API server to whoever asked it: a ServiceAccount may not do what its program does. */
export const ofKubernetesPermission: readonly FailurePattern[] = [
  {
    kind: 'forbidden',
    any: ['is forbidden: user "', 'is forbidden: user \\"'],
  },
];
