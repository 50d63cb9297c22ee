import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { creationEvidence } from '../../evidence/creation-evidence.ts';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { creationFailures } from '../../reading/workloads/creation-failure.ts';
import type { CreationFailure } from '../../reading/workloads/creation-failure.ts';
import { rejectionOf } from '../../reading/platform/rejection.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { limitDefault, limitMaximum, limitMinimum, limitRatio } from './codes.ts';

const codeOf: Readonly<Record<'minimum' | 'maximum' | 'ratio', CodeEntry>> = {
  minimum: limitMinimum,
  maximum: limitMaximum,
  ratio: limitRatio,
};
const fieldOf = { minimum: 'min', maximum: 'max', ratio: 'maxLimitRequestRatio' } as const;

function checkBound(snapshot: Snapshot, failure: CreationFailure): readonly Finding[] {
  const rejection = rejectionOf(failure.message);
  if (rejection.gate !== 'limit-range') return [];
  const { bound, resource, per } = rejection;
  const field = fieldOf[bound];
  const ranges = snapshot.listIn('LimitRange', failure.owner.namespace).flatMap((range) =>
    range.spec.limits.flatMap((limit, index) => {
      const value = limit.type === per ? limit[field][resource] : undefined;
      return value === undefined ? [] : [{ range, value, path: `spec.limits[${index}].${field}.${resource}` }];
    }),
  );
  const [first] = ranges;
  const by =
    first === undefined
      ? `The LimitRange of namespace ${failure.owner.namespace}`
      : `LimitRange "${first.range.metadata.name}"`;
  return [
    finding(codeOf[bound], {
      object: failure.owner,
      cause: `${by} refuses the pods of ${refText(failure.workload)}: ${said(rejection.text, 200)}.`,
      since: failure.since,
      evidence: [
        ...creationEvidence(failure),
        ...(first === undefined ? [] : [fromSpec(refTo('LimitRange', first.range), first.path, first.value)]),
      ],
      facet: `${bound}:${resource}`,
    }),
  ];
}

const mustNotExceed = /must be less than or equal to (\S{1,253}) limit/;

/** A default limit below the request makes the pod invalid; the template alone looks right. */
function checkDefault(snapshot: Snapshot, failure: CreationFailure): readonly Finding[] {
  const rejection = rejectionOf(failure.message);
  if (rejection.gate !== 'invalid') return [];
  const resource = mustNotExceed.exec(rejection.text)?.[1];
  if (resource === undefined) return [];
  const bare = failure.spec?.containers.find(
    (c) => c.resources.requests[resource] !== undefined && c.resources.limits[resource] === undefined,
  );
  const range = snapshot
    .listIn('LimitRange', failure.owner.namespace)
    .find((r) => r.spec.limits.some((l) => l.default[resource] !== undefined));
  if (bare === undefined || range === undefined) return [];
  const given = range.spec.limits.find((l) => l.default[resource] !== undefined)?.default[resource] ?? '';
  const asked = bare.resources.requests[resource] ?? '';
  return [
    finding(limitDefault, {
      object: failure.owner,
      cause: `Container "${bare.name}" requests ${asked} of ${resource} and sets no limit, and LimitRange "${range.metadata.name}" gives it a default limit of ${given}, which is less.`,
      since: failure.since,
      evidence: [
        ...creationEvidence(failure),
        fromSpec(refTo('LimitRange', range), `spec.limits[*].default.${resource}`, given),
      ],
      facet: `${bare.name}:${resource}`,
    }),
  ];
}

export const admissionLimitRange: Analyzer = {
  name: 'admission-limit-range',
  codes: [limitMaximum, limitMinimum, limitRatio, limitDefault],
  analyze: (snapshot) =>
    creationFailures(snapshot).flatMap((failure) => [
      ...checkBound(snapshot, failure),
      ...checkDefault(snapshot, failure),
    ]),
};
