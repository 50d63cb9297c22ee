import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { refToCustom } from './custom-objects.ts';
import { conditionOf } from '../pods/pod-status.ts';
import { valueAt } from '../json-value.ts';
import { ageOf } from '../recency.ts';

const makers = new Set([
  'ExternalSecret',
  'SealedSecret',
  'Certificate',
  'VaultStaticSecret',
  'VaultDynamicSecret',
  'SecretProviderClass',
  'Password',
  'OnePasswordItem',
  'InfisicalSecret',
]);

/** What an issuer or a store may take to answer. */
const making = 2 * 60_000;

export interface SecretMaker {
  readonly ref: ObjectRef;
  /** It was made so lately that the Secret may well be on its way. */
  readonly young: boolean;
}

/** Jobs that are not done and name the Secret in what they are called with, like those of a chart's hooks. */
function makingJobs(snapshot: Snapshot, namespace: string, name: string): readonly SecretMaker[] {
  const names = (word: string): boolean => word.split(/[\s=,:/"']+/).includes(name);
  return snapshot
    .listIn('Job', namespace)
    .filter(
      ({ spec, status }) =>
        conditionOf(status.conditions, 'Complete')?.status !== 'True' &&
        spec.template.spec.containers.some(({ command, args }) => [...command, ...args].some(names)),
    )
    .map((job) => ({
      ref: refTo('Job', job),
      young: (ageOf(snapshot, job.metadata.creationTimestamp) ?? Infinity) < making,
    }));
}

/** What is to make a Secret: objects of other tools by the same name or with it as their target, and Jobs. */
export function secretMakers(snapshot: Snapshot, namespace: string, name: string): readonly SecretMaker[] {
  const declared = snapshot.custom
    .filter((object) => object.metadata.namespace === namespace && makers.has(object.kind))
    .filter((object) => {
      const target = valueAt(object.spec, 'target') ?? valueAt(object.spec, 'destination');
      return (
        object.metadata.name === name || valueAt(object.spec, 'secretName') === name || valueAt(target, 'name') === name
      );
    })
    .map((object) => ({
      ref: refToCustom(object),
      young: (ageOf(snapshot, object.metadata.creationTimestamp) ?? Infinity) < making,
    }));
  return [...declared, ...makingJobs(snapshot, namespace, name)];
}
