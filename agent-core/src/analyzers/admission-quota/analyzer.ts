import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import { refByName, refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { parseQuantity } from '@autodevops/domain/quantity';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { creationEvidence } from '../../evidence/creation-evidence.ts';
import { finding, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { creationFailures } from '../../reading/workloads/creation-failure.ts';
import type { CreationFailure } from '../../reading/workloads/creation-failure.ts';
import { quotaHasRoom } from '../../reading/workloads/quota-room.ts';
import { rejectionOf } from '../../reading/platform/rejection.ts';
import type { Rejection } from '../../reading/platform/rejection.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { quotaCompute, quotaContradiction, quotaObjects, quotaScope, quotaStorage, quotaUnspecified } from './codes.ts';
import { contradictionIn, staticContradictions } from './contradiction.ts';

type QuotaRejection = Extract<Rejection, { gate: 'quota' }>;

interface Refused {
  readonly failure: CreationFailure;
  readonly rejection: QuotaRejection;
}

function codeFor(resource: string): CodeEntry {
  if (resource.includes('storageclass.storage.k8s.io/') || resource === 'requests.storage') return quotaStorage;
  const plain = resource.replace(/^(requests|limits)\./, '');
  if (plain !== resource || ['cpu', 'memory', 'ephemeral-storage'].includes(plain)) return quotaCompute;
  return quotaObjects;
}

function ownersText(refused: readonly { readonly failure: CreationFailure }[]): string {
  const owners = [...new Set(refused.map(({ failure }) => refText(failure.workload)))].toSorted();
  return owners.length > 2 ? `${owners.slice(0, 2).join(', ')} and ${owners.length - 2} more` : owners.join(' and ');
}

/** The resource that is over, with its figures, as the API server wrote them. */
function overOf(rejection: QuotaRejection): { resource: string; requested: string; used: string; limited: string } {
  const over = [...rejection.requested].find(([resource, amount]) => {
    const total = (parseQuantity(amount) ?? 0) + (parseQuantity(rejection.used.get(resource)) ?? 0);
    return total > (parseQuantity(rejection.limited.get(resource)) ?? Infinity);
  });
  const [resource = '', requested = ''] = over ?? [...rejection.requested][0] ?? [];
  return {
    resource,
    requested,
    used: rejection.used.get(resource) ?? '',
    limited: rejection.limited.get(resource) ?? '',
  };
}

function quotaRef(snapshot: Snapshot, namespace: string, name: string): ObjectRef {
  const quota = snapshot.get('ResourceQuota', namespace, name);
  return quota === undefined ? refByName('ResourceQuota', namespace, name) : refTo('ResourceQuota', quota);
}

function reportExceeded(snapshot: Snapshot, refused: readonly Refused[], object: ObjectRef): Finding | undefined {
  const [first] = refused;
  if (first === undefined) return undefined;
  const over = overOf(first.rejection);
  const live = snapshot.get('ResourceQuota', object.namespace, object.name);
  const contradiction = contradictionIn(snapshot, object, { rejection: first.rejection, spec: first.failure.spec });
  const single = (parseQuantity(over.requested) ?? 0) > (parseQuantity(over.limited) ?? Infinity);
  const figures = single
    ? `one new object asks for ${over.requested} of ${over.resource}, more than the whole quota of ${over.limited}`
    : `${over.used} of ${over.limited} ${over.resource} are used and ${over.requested} more asked for`;
  const room = quotaHasRoom(snapshot, object, first.rejection.requested);
  const nextSteps = single
    ? [`Lower ${over.resource} of the workload to at most ${over.limited}, or raise the quota "${object.name}".`]
    : undefined;
  return finding(contradiction === undefined ? codeFor(over.resource) : quotaContradiction, {
    object,
    standing: room ? 'progressing' : 'current',
    cause:
      contradiction ??
      `Quota "${object.name}" refuses ${ownersText(refused)}: ${figures}${room ? '; there is room by now, the next attempt passes' : ''}.`,
    since:
      refused
        .map((r) => r.failure.since)
        .filter((s) => s !== '')
        .toSorted()[0] ?? '',
    evidence: [
      ...refused.slice(0, 3).flatMap((r) => creationEvidence(r.failure)),
      ...(live === undefined
        ? []
        : [
            fromStatus(
              object,
              `status.used.${over.resource}`,
              `${live.status.used[over.resource] ?? ''} of ${live.status.hard[over.resource] ?? ''}`,
            ),
          ]),
    ],
    facet: over.resource,
    ...(nextSteps === undefined || contradiction !== undefined ? {} : { nextSteps }),
  });
}

function checkExceeded(snapshot: Snapshot): readonly Finding[] {
  const refused = creationFailures(snapshot).flatMap((failure): Refused[] => {
    const rejection = rejectionOf(failure.message);
    return rejection.gate === 'quota' ? [{ failure, rejection }] : [];
  });
  const groups = Map.groupBy(
    refused,
    (r) => `${r.failure.owner.namespace}/${r.rejection.quota}/${overOf(r.rejection).resource}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return (
      reportExceeded(snapshot, group, quotaRef(snapshot, first.failure.owner.namespace, first.rejection.quota)) ?? []
    );
  });
}

/** Named at the owner: it is its containers that lack the fields. */
function checkUnspecified(snapshot: Snapshot): readonly Finding[] {
  return creationFailures(snapshot).flatMap((failure) => {
    const rejection = rejectionOf(failure.message);
    if (rejection.gate !== 'quota-unspecified') return [];
    const resources = rejection.resources.join(', ');
    return [
      finding(quotaUnspecified, {
        object: failure.owner,
        cause: `Quota "${rejection.quota}" demands ${resources} of every container, and the pods of ${refText(failure.workload)} do not set ${rejection.resources.length > 1 ? 'them' : 'it'}.`,
        since: failure.since,
        evidence: creationEvidence(failure),
        facet: `${rejection.quota}:${resources}`,
        nextSteps: [
          `Set ${resources} in the workload's containers, or give namespace ${failure.owner.namespace} a LimitRange with defaults.`,
        ],
      }),
    ];
  });
}

/** Some priorities are admitted only where a quota of that scope stands, as GKE has it for the critical ones. */
function checkScopes(snapshot: Snapshot): readonly Finding[] {
  return creationFailures(snapshot).flatMap((failure) => {
    const rejection = rejectionOf(failure.message);
    if (rejection.gate !== 'quota-scope') return [];
    const { namespace } = failure.owner;
    const priority = failure.spec?.priorityClassName ?? '';
    return [
      finding(quotaScope, {
        object: failure.owner,
        cause: `The pods of ${refText(failure.workload)} are admitted only where a ResourceQuota covers their scope, and namespace "${namespace}" has none: ${said(rejection.scopes)}.`,
        since: failure.since,
        evidence: [
          ...creationEvidence(failure),
          ...(priority === '' ? [] : [fromSpec(failure.owner, 'spec.template.spec.priorityClassName', priority)]),
        ],
        facet: 'scope',
      }),
    ];
  });
}

export const admissionQuota: Analyzer = {
  name: 'admission-quota',
  codes: [quotaCompute, quotaObjects, quotaStorage, quotaUnspecified, quotaScope, quotaContradiction],
  analyze: (snapshot) => {
    const found = [...checkExceeded(snapshot), ...checkUnspecified(snapshot), ...checkScopes(snapshot)];
    const told = new Set(
      found.filter((f) => f.code === quotaContradiction.code).map((f) => `${f.object.namespace}/${f.object.name}`),
    );
    return [
      ...found,
      ...staticContradictions(snapshot).filter((f) => !told.has(`${f.object.namespace}/${f.object.name}`)),
    ];
  },
};
