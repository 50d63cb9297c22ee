import type { Finding } from '@autodevops/domain/finding';
import type { LimitRange } from '@autodevops/domain/kubernetes/cluster';
import type { PodSpec } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { parseQuantity } from '@autodevops/domain/quantity';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec } from '../../evidence/finding.ts';
import type { Rejection } from '../../reading/platform/rejection.ts';
import { quotaContradiction } from './codes.ts';

type Limit = LimitRange['spec']['limits'][number];
type Field = 'min' | 'default' | 'defaultRequest';

/** The fields of a LimitRange that end up in a quota's resource: `limits.cpu` takes defaults, `requests.cpu` also min. */
function fieldsFor(resource: string): { plain: string; fields: readonly Field[] } {
  if (resource.startsWith('limits.')) return { plain: resource.slice('limits.'.length), fields: ['min', 'default'] };
  const plain = resource.startsWith('requests.') ? resource.slice('requests.'.length) : resource;
  return { plain, fields: ['min', 'defaultRequest'] };
}

function exceeding(
  limit: Limit,
  resource: string,
  hard: number,
  only?: Field,
): { field: Field; value: string } | undefined {
  if (limit.type !== 'Container' && limit.type !== 'Pod') return undefined;
  const { plain, fields } = fieldsFor(resource);
  for (const field of only === undefined ? fields : [only]) {
    const value = limit[field][plain];
    if ((parseQuantity(value) ?? 0) > hard && value !== undefined) return { field, value };
  }
  return undefined;
}

/** A container leaves the field to the LimitRange. */
function takesDefault(spec: PodSpec | undefined, resource: string): boolean {
  const { plain } = fieldsFor(resource);
  const limits = resource.startsWith('limits.');
  return (
    spec?.containers.some(
      (c) => c.resources.limits[plain] === undefined && (limits || c.resources.requests[plain] === undefined),
    ) === true
  );
}

/** A sentence when the refused amount is one that a LimitRange gave or demands and no quota of this size can hold. */
export function contradictionIn(
  snapshot: Snapshot,
  quota: ObjectRef,
  refused: { readonly rejection: Extract<Rejection, { gate: 'quota' }>; readonly spec: PodSpec | undefined },
): string | undefined {
  for (const [resource, limited] of refused.rejection.limited) {
    const hard = parseQuantity(limited);
    if (hard === undefined || hard === 0) continue;
    for (const range of snapshot.listIn('LimitRange', quota.namespace)) {
      for (const limit of range.spec.limits) {
        const over = exceeding(limit, resource, hard);
        if (over === undefined || (over.field !== 'min' && !takesDefault(refused.spec, resource))) continue;
        return `LimitRange "${range.metadata.name}" gives a ${limit.type.toLowerCase()} ${over.value} of ${fieldsFor(resource).plain} (${over.field}), more than the whole quota "${quota.name}" allows (${resource} ${limited}).`;
      }
    }
  }
  return undefined;
}

/** A minimum above the whole quota: no pod can ever be made, whether or not one was tried. */
export function staticContradictions(snapshot: Snapshot): readonly Finding[] {
  return snapshot.list('ResourceQuota').flatMap((quota): Finding[] => {
    const object = refTo('ResourceQuota', quota);
    for (const [resource, text] of Object.entries(quota.spec.hard)) {
      const hard = parseQuantity(text);
      // A hard value of 0 closes the namespace on purpose.
      if (hard === undefined || hard === 0 || fieldsFor(resource).plain.includes('/')) continue;
      for (const range of snapshot.listIn('LimitRange', quota.metadata.namespace)) {
        for (const [index, limit] of range.spec.limits.entries()) {
          const over = exceeding(limit, resource, hard, 'min');
          if (over === undefined) continue;
          const cause = `LimitRange "${range.metadata.name}" demands at least ${over.value} of ${fieldsFor(resource).plain} per ${limit.type.toLowerCase()}, more than the whole quota "${quota.metadata.name}" allows (${resource} ${text}).`;
          const evidence = [
            fromSpec(object, `spec.hard.${resource}`, text),
            fromSpec(refTo('LimitRange', range), `spec.limits[${index}].min.${fieldsFor(resource).plain}`, over.value),
          ];
          return [finding(quotaContradiction, { object, severity: 'warning', cause, evidence, facet: resource })];
        }
      }
    }
    return [];
  });
}
