import type { ProposedChange } from '@autodevops/domain/diagnosis';
import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Probe } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { probeConsequence, probeEvidence, probeNames } from '../../evidence/probe-evidence.ts';
import { failingProbes } from '../../reading/pods/readiness/failing-probe.ts';
import type { FailingProbe } from '../../reading/pods/readiness/failing-probe.ts';
import { nearMatches } from '../../reading/near-match.ts';
import type { OutputLine } from '../../reading/output/output-line.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { said } from '../../reading/said.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { probeField } from '../../reading/pods/readiness/probe-failure.ts';
import { servicesBefore } from '../../reading/network/service-pods.ts';
import { tellsWhy } from '../../reading/pods/troubled-container.ts';
import type { Analyzer } from '../analyzer.ts';
import * as codes from './codes.ts';

const codeOf: Partial<Record<FailingProbe['failure'], CodeEntry>> = {
  'wrong-port': codes.wrongPort,
  loopback: codes.loopbackOnly,
  'not-found': codes.wrongPath,
  'not-allowed': codes.rejected,
  'bad-request': codes.rejected,
  'plain-answer': codes.wrongScheme,
  'tls-answer': codes.wrongScheme,
  'client-certificate': codes.clientCertificate,
  'other-protocol': codes.wrongProtocol,
  'no-health-service': codes.wrongProtocol,
  'port-name': codes.unknownPortName,
  'command-missing': codes.commandMissing,
};

const tlsPorts = new Set([443, 8443, 6443, 9443, 10250, 10257, 10259]);

/** Servers answer 400 to plain HTTP on a TLS port. */
function wantsTls({ failure, probe, port, event, view }: FailingProbe): boolean {
  if (failure !== 'bad-request' || !event.message.includes('statuscode: 400')) return false;
  if ((probe?.httpGet?.scheme ?? 'HTTP').toUpperCase() !== 'HTTP') return false;
  const named = view.spec.ports.find((p) => p.containerPort === port)?.name ?? '';
  return (port !== undefined && tlsPorts.has(port)) || named.includes('https') || named.includes('tls');
}

const hostRefusals = [
  'invalid http_host header',
  'disallowedhost',
  'blocked host',
  'host is not allowed',
  'host not allowed',
  'invalid host header',
  'invalid hostname',
  'untrusted host',
  'list of allowed hosts',
  'hostauthorization',
];

/** The line in which the program says that it does not answer for the host that was asked. */
function hostRefusal({ failure, output }: FailingProbe): OutputLine | undefined {
  if (failure !== 'bad-request' && failure !== 'not-allowed') return undefined;
  return output.findLast(({ lower }) => hostRefusals.some((words) => lower.includes(words)));
}

/** Services that lead to the port at which nothing listens as well: a corrected probe alone would let users into the void. */
function servicesOnPort(snapshot: Snapshot, { pod, port, view }: FailingProbe): readonly string[] {
  const leads = (target: number | string | undefined): boolean =>
    target === port ||
    view.spec.ports.some((p) => p.containerPort === port && p.name !== undefined && p.name === target);
  return servicesBefore(snapshot, pod)
    .filter((service) => service.spec.ports.some((p) => leads(p.targetPort ?? p.port)))
    .map((service) => service.metadata.name);
}

/** What the program answered, in the kubelet's words. */
function answered(message: string): string {
  return `; it answers: ${said(message.replace(/^\w+ probe (?:failed|errored):? ?(?:error: )?/, ''), 200)}`;
}

function sentence(code: CodeEntry, failing: FailingProbe, refusal: OutputLine | undefined): string {
  const { probe, port, otherPort, heard, failure, event } = failing;
  const name = `The ${probeNames(failing)}`;
  const then = probeConsequence(failing);
  switch (code.code) {
    case codes.wrongPort.code:
      return `${name} asks port ${port}, where nothing listens; ${heard === undefined ? `the container declares port ${otherPort}` : `the program says that it listens on ${otherPort}`}, ${then}.`;
    case codes.loopbackOnly.code:
      return `${name} cannot reach port ${port}, because the program listens on it for localhost only, ${then}.`;
    case codes.wrongPath.code:
      return `${name} asks for "${probe?.httpGet?.path ?? '/'}" on port ${port}, which the program answers with 404, ${then}.`;
    case codes.wrongScheme.code:
      return `${name} speaks ${(probe?.httpGet?.scheme ?? 'HTTP').toUpperCase()} on port ${port}, where the program speaks ${failure === 'plain-answer' ? 'plain HTTP' : 'TLS'}, ${then}.`;
    case codes.wrongProtocol.code:
      return `${name} speaks ${probe?.grpc === undefined ? 'HTTP' : 'the gRPC health protocol'} on port ${port}, which the program does not understand there, ${then}${failure === 'no-health-service' ? answered(event.message) : ''}.`;
    case codes.clientCertificate.code:
      return `${name} gives no client certificate on port ${port}, which the program demands there, ${then}.`;
    case codes.hostRejected.code:
      return `${name} asks for "${probe?.httpGet?.path ?? '/'}" with the address of the pod as host name, which the program does not accept (status ${statusIn(event.message)}), ${then}${refusal === undefined ? '' : `; it says: ${said(tellingPart(refusal), 200)}`}.`;
    case codes.unknownPortName.code:
      return `${name} names port "${probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? ''}", which the container does not have, ${then}.`;
    case codes.commandMissing.code:
      return `${name} runs "${probe?.exec?.command[0] ?? ''}", which cannot be executed in the container, ${then}.`;
    default:
      return `${name} asks for "${probe?.httpGet?.path ?? '/'}" and is rejected with status ${statusIn(event.message)}, ${then}.`;
  }
}

function statusIn(message: string): string {
  const at = message.indexOf('statuscode: ');
  return at < 0 ? 'code 4xx' : message.slice(at + 12, at + 15);
}

function targetOf(probe: Probe | undefined): number | string | undefined {
  return probe?.httpGet?.port ?? probe?.tcpSocket?.port;
}

function hint(snapshot: Snapshot, code: CodeEntry, failing: FailingProbe): string[] {
  const { probe, view, otherPort } = failing;
  if (code === codes.wrongPort && otherPort !== undefined) {
    const services = servicesOnPort(snapshot, failing)
      .map((name) => `"${name}"`)
      .join(', ');
    const byName = view.spec.ports.find(
      ({ name, containerPort }) => name !== undefined && name === targetOf(probe) && containerPort === failing.port,
    );
    if (byName !== undefined) {
      return [
        `Set containerPort of port "${byName.name}" of container "${view.spec.name}" to ${otherPort}: the probe takes it by that name${services === '' ? '' : `; then see that Service ${services} leads to ${otherPort}, too`}.`,
      ];
    }
    return [
      `Set the port of the probe to ${otherPort}${services === '' ? '' : `, and the targetPort of Service ${services} as well, which leads to ${failing.port} too`}.`,
    ];
  }
  if (code !== codes.unknownPortName) return [];
  const wanted = String(targetOf(probe) ?? '');
  const names = view.spec.ports.flatMap((p) => (p.name === undefined ? [] : [p.name]));
  const near = nearMatches(wanted, names);
  const shown = near.length > 0 ? near : names.slice(0, 3);
  return shown.length === 0 ? [] : [`The container has ${shown.map((n) => `"${n}"`).join(', ')}.`];
}

/** Where the right port is known the general advice says nothing more. */
function stepsFor(snapshot: Snapshot, code: CodeEntry, failing: FailingProbe): readonly string[] {
  const hints = hint(snapshot, code, failing);
  return code === codes.wrongPort && hints.length > 0 ? hints : [...hints, ...code.nextSteps];
}

/** The patch that makes the probe fit: where the evidence does not name the right value, a person has to. */
function patches(snapshot: Snapshot, code: CodeEntry, failing: FailingProbe): readonly ProposedChange[] {
  const { names, view, otherPort, failure, pod } = failing;
  const value: Record<string, string | number> = {};
  if (code === codes.wrongPort && otherPort !== undefined) value['port'] = otherPort;
  if (code === codes.wrongScheme) value['scheme'] = failure === 'plain-answer' ? 'HTTP' : 'HTTPS';
  const asks = code === codes.wrongPath ? { asks: ['path'] } : {};
  if (Object.keys({ ...value, ...asks }).length === 0) return [];
  // Pods that became ready by it would get what the Service sends to the port at which nothing listens.
  const intoVoid =
    code === codes.wrongPort && names.includes('readiness') && servicesOnPort(snapshot, failing).length > 0;
  if (intoVoid) return [];
  const target = workloadOf(snapshot, pod);
  return names.map((name) => ({
    action: 'patch-probe',
    target,
    params: { container: view.spec.name, probe: probeField(name), ...value },
    risk: 'low' as const,
    ...asks,
  }));
}

function check(snapshot: Snapshot, failing: FailingProbe): Finding[] {
  const refusal = hostRefusal(failing);
  const code =
    refusal !== undefined ? codes.hostRejected : wantsTls(failing) ? codes.wrongScheme : codeOf[failing.failure];
  if (code === undefined) return [];
  const { ref, view, heard, since, failure } = failing;
  const guessed =
    (code === codes.wrongPort && heard === undefined) || (failure === 'bad-request' && code !== codes.hostRejected);
  return [
    finding(code, {
      object: ref,
      cause: sentence(code, failing, refusal),
      evidence: [...probeEvidence(failing), ...(refusal === undefined ? [] : [fromOutput(ref, view, refusal)])],
      since,
      confidence: guessed ? 'medium' : 'high',
      generic: guessed && tellsWhy(snapshot, ref, view.spec.name),
      facet: `${view.spec.name} ${failing.names.join('+')}`,
      nextSteps: stepsFor(snapshot, code, failing),
      changes: patches(snapshot, code, failing),
    }),
  ];
}

export const probeTarget: Analyzer = {
  name: 'probe-target',
  codes: Object.values(codes),
  analyze: (snapshot) => failingProbes(snapshot).flatMap((failing) => check(snapshot, failing)),
};
