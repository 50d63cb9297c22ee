import type { Because, CodeEntry, Finding } from '@autodevops/domain/finding';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import {
  dependencyCauses,
  dependencyEvidence,
  dnsCauses,
  missedByOthers,
  policyCauses,
  whatFollows,
  whatIsMissed,
  whoSpeaks,
} from '../../evidence/dependency-evidence.ts';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { nodeProxies } from '../../evidence/node-proxies.ts';
import { restartSteps, staleEvidence } from '../../evidence/stale-environment-evidence.ts';
import { missedDependency } from '../../reading/network/dependency-of-container.ts';
import type { MissedDependency } from '../../reading/network/dependency-of-container.ts';
import { neighbourWords } from '../../reading/network/neighbour-words.ts';
import { targetText } from '../../reading/network/dependency.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { said } from '../../reading/said.ts';
import type { FailureKind } from '../../reading/output/failures/failure-kind.ts';
import { restartForEnvironment, staleSource } from '../../reading/pods/configuration/stale-environment.ts';
import { troubledContainers } from '../../reading/pods/troubled-container.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import type { Analyzer } from '../analyzer.ts';
import { addressRepairs } from './address-repair.ts';
import {
  dependencyRefused,
  dependencyUnreachable,
  dependencyUnresolved,
  dependencyWrongPort,
  memberUnpublished,
  unreachedFromNode,
} from './codes.ts';
import { checkNodes } from './from-one-node.ts';
import { nodeNeighbours } from './on-the-node.ts';
import { outsideService } from './outside-service.ts';
import type { OutsideService } from './outside-service.ts';
import { stepsFor } from './steps.ts';
import { withholdingService } from './unpublished-member.ts';

const codeOf: Partial<Record<FailureKind, CodeEntry>> = {
  refused: dependencyRefused,
  unresolved: dependencyUnresolved,
  unreachable: dependencyUnreachable,
};

/** Names of Services are known to the cluster's DNS only. */
function usesNodeDns({ pod }: TroubledContainer): boolean {
  return (
    pod.spec.dnsPolicy === 'Default' ||
    (pod.spec.hostNetwork === true && pod.spec.dnsPolicy !== 'ClusterFirstWithHostNet' && pod.spec.dnsPolicy !== 'None')
  );
}

function nodeDns({ pod }: TroubledContainer): string {
  return pod.spec.dnsPolicy === 'Default'
    ? 'dnsPolicy Default'
    : `hostNetwork with dnsPolicy ${pod.spec.dnsPolicy ?? 'ClusterFirst'}`;
}

interface Connection {
  readonly troubled: TroubledContainer;
  readonly missed: MissedDependency;
  readonly outside: OutsideService | undefined;
}

function sentence(code: CodeEntry, { troubled, missed, outside }: Connection): string {
  const who = whoSpeaks(troubled);
  const what = `${whatIsMissed(missed)}${outside?.says ?? ''}${outside === undefined ? '' : ','}`;
  const then = whatFollows(troubled);
  const { dependency } = missed;
  if (code === dependencyWrongPort) {
    return `${who} connects to "${targetText(dependency)}" ${then}, but Service ${dependency.ref?.namespace}/${dependency.ref?.name} offers ${(dependency.otherPorts ?? []).join(', ')}.`;
  }
  if (code === dependencyUnresolved) {
    if (usesNodeDns(troubled) && dependency.kind === 'service') {
      return `${who} cannot resolve "${dependency.host}" ${then}: its pod asks the DNS of the node (${nodeDns(troubled)}), which does not know the Services of the cluster.`;
    }
    if (dependency.kind !== 'missing-service') {
      return `${who} cannot resolve ${dependency.host === '' ? 'the name of a dependency' : `"${dependency.host}"`}${outside === undefined ? '' : `${outside.says},`} ${then}.`;
    }
    return `${who} cannot resolve "${dependency.host}" ${then}: there is no Service "${dependency.ref?.name}" in namespace ${dependency.ref?.namespace}.`;
  }
  if (code === dependencyUnreachable) {
    return `${who} gets no answer from ${what} ${then}${dependency.host === '' ? `: ${said(tellingPart(troubled.verdict.line), 200)}` : ''}.`;
  }
  if (dependency.kind === 'in-pod') {
    return `${who} is refused by ${what} ${then}: nothing ${troubled.pod.spec.hostNetwork === true ? `on its node (${troubled.pod.spec.nodeName ?? 'unknown'})` : 'in its own pod'} listens there.`;
  }
  return `${who} is refused by ${what} ${then}.`;
}

function causesOf(
  snapshot: Snapshot,
  code: CodeEntry,
  found: { troubled: TroubledContainer; missed: MissedDependency },
): Because[] {
  const { troubled, missed } = found;
  if (code === dependencyWrongPort) return [];
  // The cluster's DNS and the proxies of a mesh have rules of their own.
  const own: Because[] = [
    ...dependencyCauses(missed),
    { object: troubled.ref, codes: ['dns.coredns.', 'istio.sidecar.'] },
    {
      object: refByName('Node', '', troubled.pod.spec.nodeName ?? ''),
      codes: ['node.network.', 'node.sandbox.remade'],
    },
  ];
  // Where it is refused in its own pod, the container that serves there may be the one that is turned away.
  if (missed.dependency.kind === 'in-pod' && troubled.state !== 'needed') {
    own.push({
      object: troubled.ref,
      codes: ['pod.dependency.credentials', 'pod.dependency.certificate', 'pod.dependency.protocol'],
    });
  }
  // What is not told by name may be the port that the rules of Services find wrong in the configuration.
  if (missed.dependency.ref === undefined || missed.guessed) {
    own.push({ object: troubled.ref, codes: ['service.port.'] });
  }
  if (code === dependencyRefused) return [...own, ...nodeNeighbours(snapshot, troubled.pod, missed)];
  own.push(...nodeProxies(snapshot, troubled.pod));
  const policies = policyCauses(
    snapshot,
    troubled.pod,
    missed.dependency.ref === undefined ? [] : [missed.dependency.ref],
  );
  return code === dependencyUnresolved && missed.dependency.kind !== 'missing-service'
    ? [...own, ...policies, ...dnsCauses(snapshot)]
    : [...own, ...policies];
}

function confidenceOf(troubled: TroubledContainer, missed: MissedDependency): Finding['confidence'] {
  if (missed.guessed) return 'low';
  return troubled.state !== 'unready' && missed.dependency.host !== '' ? 'high' : 'medium';
}

/** Its peers have no names because none of them is ready. */
function checkMembers(snapshot: Snapshot, troubled: TroubledContainer, missed: MissedDependency): Finding[] {
  const service = withholdingService(snapshot, troubled, missed);
  if (service === undefined) return [];
  const ref = refTo('Service', service);
  return [
    finding(memberUnpublished, {
      object: troubled.ref,
      cause: `${whoSpeaks(troubled)} cannot resolve "${missed.dependency.host}" ${whatFollows(troubled)}: that pod is not ready either, and headless Service ${ref.name} gives names to ready pods only.`,
      evidence: [
        ...dependencyEvidence(troubled, missed),
        fromSpec(
          ref,
          'spec.publishNotReadyAddresses',
          String(service.spec.publishNotReadyAddresses ?? 'false (default)'),
        ),
      ],
      since: troubled.since,
      facet: ref.name,
    }),
  ];
}

function check(snapshot: Snapshot, troubled: TroubledContainer): Finding[] {
  const seen = codeOf[troubled.verdict.kind];
  if (seen === undefined) return [];
  const missed = missedDependency(snapshot, troubled);
  const members = seen === dependencyUnresolved ? checkMembers(snapshot, troubled, missed) : [];
  return members.length > 0 ? members : checkConnection(snapshot, seen, { troubled, missed });
}

function checkConnection(
  snapshot: Snapshot,
  seen: CodeEntry,
  { troubled, missed }: { readonly troubled: TroubledContainer; readonly missed: MissedDependency },
): Finding[] {
  const { otherPorts, ref } = missed.dependency;
  const code = otherPorts !== undefined && seen !== dependencyUnresolved ? dependencyWrongPort : seen;
  const local = code === dependencyUnresolved && missed.dependency.kind === 'service' && usesNodeDns(troubled);
  const policy = local ? [fromSpec(troubled.ref, 'spec.dnsPolicy', troubled.pod.spec.dnsPolicy ?? 'ClusterFirst')] : [];
  const fix = local
    ? [
        `Set dnsPolicy of the pod to ${troubled.pod.spec.hostNetwork === true ? 'ClusterFirstWithHostNet' : 'ClusterFirst'}.`,
      ]
    : [];
  const outside = local ? undefined : outsideService(snapshot, missed);
  const stale = troubled.state === 'unready' ? staleSource(snapshot, troubled.pod, troubled.view) : undefined;
  const beside = neighbourWords(snapshot, troubled.pod, troubled.view, missed.namedBy ?? troubled.verdict.line);
  const ports =
    code === dependencyWrongPort && ref !== undefined
      ? [fromSpec(ref, 'spec.ports[*].port', (otherPorts ?? []).join(', '))]
      : [];
  return [
    finding(code, {
      object: troubled.ref,
      cause: `${sentence(code, { troubled, missed, outside })}${beside === undefined ? '' : ` Container "${beside.view.spec.name}" of the same pod, which serves there, says: ${said(tellingPart(beside.line))}.`}`,
      evidence: [
        ...dependencyEvidence(troubled, missed),
        ...(outside?.evidence ?? []),
        ...ports,
        ...policy,
        ...staleEvidence(stale),
        ...(beside === undefined ? [] : [fromOutput(troubled.ref, beside.view, beside.line)]),
      ],
      since: troubled.since,
      confidence: confidenceOf(troubled, missed),
      because: causesOf(snapshot, code, { troubled, missed }),
      facet: `${troubled.view.spec.name} ${missed.dependency.host}`,
      ...missedByOthers(missed),
      nextSteps: [
        ...restartSteps(stale),
        ...fix,
        ...(outside === undefined ? stepsFor(snapshot, troubled, missed) : [outside.step]),
        ...code.nextSteps,
      ],
      changes: [
        ...(stale === undefined ? [] : restartForEnvironment(snapshot, troubled.pod)),
        ...addressRepairs(snapshot, troubled, missed),
      ],
    }),
  ];
}

export const dependencyConnection: Analyzer = {
  name: 'dependency-connection',
  codes: [
    dependencyRefused,
    dependencyWrongPort,
    dependencyUnresolved,
    memberUnpublished,
    dependencyUnreachable,
    unreachedFromNode,
  ],
  analyze: (snapshot) => [
    ...troubledContainers(snapshot).flatMap((troubled) => check(snapshot, troubled)),
    ...checkNodes(snapshot),
  ],
};
