import { refText } from '@autodevops/domain/object-ref';
import type { Touched } from '../matching/touched-objects.ts';
import { forbidFirst } from './floor-rule.ts';
import type { FloorRule } from './floor-rule.ts';

const data = ['PersistentVolumeClaim', 'PersistentVolume', 'Namespace', 'CustomResourceDefinition', 'VolumeSnapshot'];
const guards = ['PodDisruptionBudget', 'NetworkPolicy', 'ResourceQuota', 'LimitRange'];
const finalizerFields = ['/metadata/finalizers', '/spec/finalizers'];

function isDeletion({ operation }: Touched): boolean {
  return operation.verb === 'delete' || operation.verb === 'evict';
}

function reachesFinalizers({ operation }: Touched): boolean {
  if (operation.verb === 'create' || operation.verb === 'apply') {
    return operation.object.metadata['finalizers'] !== undefined;
  }
  if (operation.verb !== 'patch') return false;
  const written = operation.steps.filter((step) => step.op !== 'test').map((step) => step.path);
  return written.some((path) =>
    finalizerFields.some((field) => path === field || path.startsWith(`${field}/`) || field.startsWith(`${path}/`)),
  );
}

/** Objects whose loss cannot be taken back, or that guard others. */
export const guardedObjects: readonly FloorRule[] = [
  {
    id: 'floor.secrets',
    what: 'A Secret is written or deleted.',
    says: 'forbidden',
    instead: 'Let whoever keeps the Secret change it where it comes from, and refer to its keys.',
    judge: ({ touched }) =>
      forbidFirst(
        touched.filter(({ kind }) => kind === 'Secret'),
        (object) => `${refText(object)} is a Secret.`,
      ),
  },
  {
    id: 'floor.cluster-scoped-deletion',
    what: 'A cluster-scoped object is deleted.',
    says: 'forbidden',
    instead: 'Let an administrator of the cluster delete it.',
    judge: ({ touched }) =>
      forbidFirst(
        touched.filter((object) => isDeletion(object) && object.namespace === ''),
        (object) => `${refText(object)} is cluster-scoped, and would be deleted.`,
      ),
  },
  {
    id: 'floor.data-deletion',
    what: `A ${data.join(', ')} is deleted.`,
    says: 'forbidden',
    instead: 'Let whoever owns the data delete it.',
    judge: ({ touched }) =>
      forbidFirst(
        touched.filter((object) => isDeletion(object) && data.includes(object.kind)),
        (object) => `What ${refText(object)} holds would be lost.`,
      ),
  },
  {
    id: 'floor.guard-deletion',
    what: `A ${guards.join(', ')} is deleted.`,
    says: 'forbidden',
    instead: 'Change what it guards, or its bounds where it is kept.',
    judge: ({ touched }) =>
      forbidFirst(
        touched.filter((object) => isDeletion(object) && guards.includes(object.kind)),
        (object) => `${refText(object)} guards others, and would be deleted.`,
      ),
  },
  {
    id: 'floor.finalizers',
    what: `Finalizers of a ${data.join(', ')} are changed.`,
    says: 'forbidden',
    instead: 'See why the controller that set them does not remove them.',
    judge: ({ touched }) =>
      forbidFirst(
        touched.filter((object) => data.includes(object.kind) && reachesFinalizers(object)),
        (object) => `The finalizers of ${refText(object)} keep what it holds from being lost.`,
      ),
  },
];
