import type { Finding } from '@autodevops/domain/finding';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { creationEvidence } from '../../evidence/creation-evidence.ts';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { creationFailures } from '../../reading/workloads/creation-failure.ts';
import type { CreationFailure } from '../../reading/workloads/creation-failure.ts';
import { rejectionOf } from '../../reading/platform/rejection.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { contextConstraint, podSecurity } from './codes.ts';

const enforceLabel = 'pod-security.kubernetes.io/enforce';

/** The violations by name, without what each text says in brackets: `privileged, hostPath volumes`. */
function violationNames(violations: string): string {
  const names: string[] = [];
  let depth = 0;
  let name = '';
  for (const char of violations.slice(0, 4000)) {
    if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (char === ',' && depth === 0) {
      names.push(name.trim());
      name = '';
    } else if (depth === 0) name += char;
  }
  return [...names, name.trim()]
    .filter((n) => n !== '')
    .slice(0, 6)
    .join(', ');
}

function check(snapshot: Snapshot, failure: CreationFailure): readonly Finding[] {
  const rejection = rejectionOf(failure.message);
  if (rejection.gate !== 'pod-security') return [];
  const { namespace } = failure.owner;
  const found = snapshot.get('Namespace', '', namespace);
  const enforced = found?.metadata.labels[enforceLabel];
  const names = violationNames(rejection.violations);
  return [
    finding(podSecurity, {
      object: failure.owner,
      cause: `Namespace ${namespace} enforces Pod Security level "${rejection.level}", which the pods of ${refText(failure.workload)} violate: ${said(names, 200)}.`,
      since: failure.since,
      evidence: [
        ...creationEvidence(failure),
        ...(found === undefined || enforced === undefined
          ? []
          : [fromSpec(refTo('Namespace', found), `metadata.labels[${enforceLabel}]`, enforced)]),
      ],
      facet: rejection.level,
    }),
  ];
}

function checkConstraints(failure: CreationFailure): readonly Finding[] {
  const rejection = rejectionOf(failure.message);
  if (rejection.gate !== 'scc') return [];
  const { violations } = rejection;
  const objections =
    violations.length === 0
      ? 'its service account may use none that fits'
      : said(violations.slice(0, 3).join('; '), 300);
  return [
    finding(contextConstraint, {
      object: failure.owner,
      cause: `No SecurityContextConstraints admit the pods of ${refText(failure.workload)}: ${objections}.`,
      since: failure.since,
      evidence: creationEvidence(failure),
    }),
  ];
}

export const admissionPodSecurity: Analyzer = {
  name: 'admission-pod-security',
  codes: [podSecurity, contextConstraint],
  analyze: (snapshot) =>
    creationFailures(snapshot).flatMap((failure) => [...check(snapshot, failure), ...checkConstraints(failure)]),
};
