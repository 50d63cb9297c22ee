import { expect, it } from 'vitest';
import { readRaw } from './raw-object.ts';
import { restoreGroups } from './restore-order.ts';

it('puts what others need before them, and what may refuse others last', () => {
  const kinds = [
    ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
    ['example.com/v1', 'Widget'],
    ['apps/v1', 'Deployment'],
    ['networking.k8s.io/v1', 'Ingress'],
    ['v1', 'Service'],
    ['v1', 'ConfigMap'],
    ['storage.k8s.io/v1', 'StorageClass'],
    ['v1', 'Namespace'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
  ];
  const objects = kinds.flatMap(([apiVersion, kind]) => readRaw({ apiVersion, kind, metadata: { name: 'x' } }) ?? []);
  expect(restoreGroups(objects).map((group) => group.map(({ kind }) => kind))).toEqual([
    ['CustomResourceDefinition'],
    ['Namespace'],
    ['StorageClass'],
    ['ConfigMap'],
    ['Service'],
    ['Deployment', 'Ingress'],
    ['Widget'],
    ['ValidatingWebhookConfiguration'],
  ]);
});
