import { describe, expect, it } from 'vitest';
import { kindFromFileName } from './resolve-kind.ts';

describe('a kind is known by the name of a file', () => {
  it.each([
    ['pods', 'Pod'],
    ['pod-disruption-budgets', 'PodDisruptionBudget'],
    ['network-policy', 'NetworkPolicy'],
    ['pvcs', 'PersistentVolumeClaim'],
    ['core_v1_pods', 'Pod'],
    ['apps_v1_deployments', 'Deployment'],
    ['networking.k8s.io_v1_ingresses', 'Ingress'],
  ])('%s', (name, kind) => expect(kindFromFileName(name)).toBe(kind));

  it.each(['all', 'x', 'v1_pods_of_yesterday', 'notes_v2_draft'])('%s says none', (name) =>
    expect(kindFromFileName(name)).toBeUndefined(),
  );
});
