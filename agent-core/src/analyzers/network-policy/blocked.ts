import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { NetworkPolicy } from '@autodevops/domain/kubernetes/network';
import { refKey, refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromLog, fromSpec } from '../../evidence/finding.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { blockingPolicies } from '../../reading/network/network-policy.ts';
import type { Direction } from '../../reading/network/network-policy.ts';
import { conditionOf } from '../../reading/pods/pod-status.ts';
import { labelsText, selectorText } from '../../reading/selector.ts';
import { egressBlocked, ingressBlocked } from './codes.ts';
import { targetsOf } from './dependencies.ts';
import type { Dependency, Target } from './dependencies.ts';

interface Blocked {
  readonly policies: readonly NetworkPolicy[];
  readonly target: Target;
}

/** Blocked on the way to every pod behind the Service. */
function blockedIn(
  snapshot: Snapshot,
  dependency: Dependency,
  direction: Direction,
  targets: readonly Target[],
): Blocked | undefined {
  let last: Blocked | undefined;
  for (const target of targets) {
    const policies = blockingPolicies(snapshot, direction, {
      from: dependency.caller,
      to: target.pod,
      port: target.port,
      protocol: target.protocol,
    });
    if (policies.length === 0) return undefined;
    last = { policies, target };
  }
  return last;
}

/** How many conditions a policy sets on its pods: none selects all of the namespace. */
export function selectorWidth({ spec }: NetworkPolicy): number {
  return Object.keys(spec.podSelector.matchLabels).length + spec.podSelector.matchExpressions.length;
}

/** The narrowest selector speaks: a default-deny for all stands behind it. */
export function speaking(policies: readonly NetworkPolicy[]): NetworkPolicy | undefined {
  return policies.toSorted(
    (a, b) => selectorWidth(b) - selectorWidth(a) || a.metadata.name.localeCompare(b.metadata.name),
  )[0];
}

export function policyEvidence(policy: NetworkPolicy, direction: Direction) {
  const ref = refTo('NetworkPolicy', policy);
  const rules =
    direction === 'Ingress'
      ? policy.spec.ingress.map((r) => ({ peers: r.from, ports: r.ports }))
      : policy.spec.egress.map((r) => ({ peers: r.to, ports: r.ports }));
  const selector = selectorText(policy.spec.podSelector);
  const peer = (p: (typeof rules)[number]['peers'][number]): string => {
    if (p.ipBlock !== undefined) return p.ipBlock.cidr;
    const namespaces =
      p.namespaceSelector === undefined ? '' : `namespaces ${selectorText(p.namespaceSelector) || 'all'} `;
    return `${namespaces}pods ${p.podSelector === undefined ? 'all' : selectorText(p.podSelector) || 'all'}`;
  };
  const texts = rules.map((rule) => {
    const ports = rule.ports.map((p) => `${p.port ?? 'any'}/${p.protocol ?? 'TCP'}`).join(', ');
    return `${rule.peers.length === 0 ? 'anybody' : rule.peers.map(peer).join(' or ')}${ports === '' ? '' : ` on ${ports}`}`;
  });
  const allowed = texts.length === 0 ? 'nobody' : texts.slice(0, 5).join('; ');
  return fromSpec(
    ref,
    `spec.${direction.toLowerCase()}`,
    `podSelector: ${selector === '' ? 'all pods' : selector}; ${direction.toLowerCase()} allows ${allowed}`,
  );
}

/** Signs of trouble decide: with none, a policy may well be meant. */
export function certainty(trouble: {
  readonly struggling: boolean;
  readonly line: unknown;
}): Pick<Finding, 'severity' | 'confidence'> {
  if (trouble.line !== undefined) return { severity: 'critical', confidence: 'high' };
  return trouble.struggling ? { severity: 'critical', confidence: 'medium' } : { severity: 'info', confidence: 'low' };
}

function tell(snapshot: Snapshot, dependency: Dependency, direction: Direction, blocked: Blocked): Finding | undefined {
  const policy = speaking(blocked.policies);
  if (policy === undefined) return undefined;
  const { caller, workload, service, reference, line } = dependency;
  const quiet = line === undefined && !dependency.struggling;
  const code: CodeEntry = direction === 'Egress' ? egressBlocked : ingressBlocked;
  const to = `Service ${service.metadata.namespace}/${service.metadata.name} (port ${blocked.target.port} of its pods)`;
  const cause =
    direction === 'Egress'
      ? `NetworkPolicy "${policy.metadata.name}" does not let ${refText(workload)} connect to ${to}, which its configuration names.`
      : `NetworkPolicy "${policy.metadata.name}" does not let ${refText(workload)} in to ${to}, which its configuration names.`;
  const ref: ObjectRef = refTo('Pod', caller);
  const ready = conditionOf(caller.status.conditions, 'Ready');
  return finding(code, {
    object: refTo('NetworkPolicy', policy),
    ...certainty(dependency),
    cause,
    evidence: [
      policyEvidence(policy, direction),
      fromSpec(ref, reference.path, reference.text),
      ...(line === undefined ? [] : [fromLog(ref, line.container, line.previous, line.text, line.time)]),
      ...(line === undefined && dependency.struggling && ready !== undefined ? [fromCondition(ref, ready)] : []),
      fromSpec(
        refTo('Pod', direction === 'Egress' ? blocked.target.pod : caller),
        'metadata.labels',
        labelsText((direction === 'Egress' ? blocked.target.pod : caller).metadata.labels),
      ),
    ],
    since: lastChange(policy),
    facet: `${refKey(workload)} ${service.metadata.namespace}/${service.metadata.name} ${direction}`,
    // By itself a rule that is not there may be meant. The pod is named so that its log is read, which decides.
    standing: quiet ? 'expected' : 'current',
    because: quiet ? [{ object: ref, codes: ['pod.dependency.'] }] : [],
  });
}

/** Directions in which policies block a declared dependency. */
export function checkDependency(snapshot: Snapshot, dependency: Dependency, skipEgress: boolean): readonly Finding[] {
  const quiet = dependency.line === undefined && !dependency.struggling;
  // Without a sign of trouble only what is stated plainly is worth a word.
  if (quiet && (dependency.reference.port === undefined || dependency.reference.configMap !== '')) return [];
  const targets = targetsOf(snapshot, { service: dependency.service, port: dependency.reference.port });
  const directions: readonly Direction[] = skipEgress ? ['Ingress'] : ['Egress', 'Ingress'];
  return directions.flatMap((direction): Finding[] => {
    const blocked = blockedIn(snapshot, dependency, direction, targets);
    const told = blocked === undefined ? undefined : tell(snapshot, dependency, direction, blocked);
    return told === undefined ? [] : [told];
  });
}
