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
  memberNotMade,
  memberUnpublished,
  unreachedFromNode,
} from './codes.ts';
import type { Detour } from './detour.ts';
import { checkNodes } from './from-one-node.ts';
import { hostAlias } from './host-alias.ts';
import { checkLaterMember } from './later-member.ts';
import { nodeNeighbours } from './on-the-node.ts';
import { outsideService } from './outside-service.ts';
import { podResolver } from './pod-resolver.ts';
import type { PodResolver } from './pod-resolver.ts';
import { stepsFor } from './steps.ts';
import { withholdingService } from './unpublished-member.ts';

const codeOf: Partial<Record<FailureKind, CodeEntry>> = {
  refused: dependencyRefused,
  unresolved: dependencyUnresolved,
  unreachable: dependencyUnreachable,
};

interface Connection {
  readonly troubled: TroubledContainer;
  readonly missed: MissedDependency;
  readonly detour: Detour | undefined;
  readonly resolver: PodResolver | undefined;
}

function sentence(code: CodeEntry, { troubled, missed, detour, resolver }: Connection): string {
  const who = whoSpeaks(troubled);
  const what = `${whatIsMissed(missed)}${detour?.says ?? ''}${detour === undefined ? '' : ','}`;
  const then = whatFollows(troubled);
  const { dependency } = missed;
  if (code === dependencyWrongPort) {
    return `${who} connects to "${targetText(dependency)}" ${then}, but Service ${dependency.ref?.namespace}/${dependency.ref?.name} offers ${(dependency.otherPorts ?? []).join(', ')}.`;
  }
  if (code === dependencyUnresolved) {
    if (resolver !== undefined) {
      return `${who} cannot resolve "${dependency.host}" ${then}: its pod ${resolver.says}.`;
    }
    if (dependency.kind !== 'missing-service') {
      return `${who} cannot resolve ${dependency.host === '' ? 'the name of a dependency' : `"${dependency.host}"`}${detour === undefined ? '' : `${detour.says},`} ${then}.`;
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

/** Its peers have no names because none of them is ready, or made. */
function checkMembers(snapshot: Snapshot, troubled: TroubledContainer, missed: MissedDependency): readonly Finding[] {
  const service = withholdingService(snapshot, troubled, missed);
  if (service === undefined) return checkLaterMember(snapshot, troubled, missed);
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

function check(snapshot: Snapshot, troubled: TroubledContainer): readonly Finding[] {
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
  const alias = hostAlias(snapshot, troubled, missed);
  const elsewhere = alias === undefined && otherPorts !== undefined && seen !== dependencyUnresolved;
  const code = elsewhere ? dependencyWrongPort : seen;
  const resolver =
    code === dependencyUnresolved && missed.dependency.kind === 'service'
      ? podResolver(snapshot, troubled.pod, missed.dependency.host)
      : undefined;
  const detour = resolver === undefined ? (alias ?? outsideService(snapshot, missed)) : undefined;
  const instead = resolver ?? detour;
  const told = dependencyEvidence(troubled, missed);
  const stale = troubled.state === 'unready' ? staleSource(snapshot, troubled.pod, troubled.view) : undefined;
  const beside = neighbourWords(snapshot, troubled.pod, troubled.view, missed.namedBy ?? troubled.verdict.line);
  const ports =
    code === dependencyWrongPort && ref !== undefined
      ? [fromSpec(ref, 'spec.ports[*].port', (otherPorts ?? []).join(', '))]
      : [];
  return [
    finding(code, {
      object: troubled.ref,
      cause: `${sentence(code, { troubled, missed, detour, resolver })}${beside === undefined ? '' : ` Container "${beside.view.spec.name}" of the same pod, which serves there, says: ${said(tellingPart(beside.line))}.`}`,
      evidence: [
        ...told.slice(0, 1),
        ...(instead?.evidence ?? []),
        ...told.slice(1),
        ...ports,
        ...staleEvidence(stale),
        ...(beside === undefined ? [] : [fromOutput(troubled.ref, beside.view, beside.line)]),
      ],
      since: troubled.since,
      confidence: confidenceOf(troubled, missed),
      // Of a name that the pod looks up in its own file neither a Service nor DNS is asked.
      because: alias === undefined ? causesOf(snapshot, code, { troubled, missed }) : [],
      facet: `${troubled.view.spec.name} ${missed.dependency.host}`,
      ...(alias === undefined ? missedByOthers(missed) : {}),
      nextSteps: [
        ...restartSteps(stale),
        ...(instead === undefined ? stepsFor(snapshot, troubled, missed) : [instead.step]),
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
    memberNotMade,
    dependencyUnreachable,
    unreachedFromNode,
  ],
  analyze: (snapshot) => [
    ...troubledContainers(snapshot).flatMap((troubled) => check(snapshot, troubled)),
    ...checkNodes(snapshot),
  ],
};
