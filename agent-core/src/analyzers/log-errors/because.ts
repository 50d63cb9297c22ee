import type { Because } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { dnsCauses } from '../../evidence/dependency-evidence.ts';
import { signalBecause } from '../../evidence/signal-cause.ts';
import { workloadRef } from '../../reading/measures/labelled-object.ts';
import { callsKnown } from '../../reading/network/calls-known.ts';
import { dnsWorkloads } from '../../reading/network/dns-workloads.ts';
import { hostReferences } from '../../reading/network/host-references.ts';
import { servicesInText } from '../../reading/network/services-in-text.ts';
import type { FailureKind } from '../../reading/output/failures/failure-kind.ts';
import { failureIn } from '../../reading/output/failures/line-failure.ts';
import { readableLine } from '../../reading/output/readable-line.ts';
import { podsStandingFor } from '../../reading/pods/pods-standing-for.ts';
import { matchesSelector } from '../../reading/selector.ts';
import { isDataStore } from '../../reading/workloads/data-store.ts';

/** Pods and Services that a line names by their addresses, as proxies do, and the policies that decide who may reach them. */
function addressed(snapshot: Snapshot, text: string): readonly Because[] {
  const hosts = new Set(hostReferences(text).map(({ host }) => host));
  const pods =
    hosts.size === 0
      ? []
      : snapshot.list('Pod').filter(({ status }) => status.podIP !== undefined && hosts.has(status.podIP));
  const policies = pods.flatMap((pod) =>
    snapshot
      .listIn('NetworkPolicy', pod.metadata.namespace)
      .filter(({ spec }) => matchesSelector(spec.podSelector, pod.metadata.labels)),
  );
  const services =
    hosts.size === 0 ? [] : snapshot.list('Service').filter(({ spec }) => hosts.has(spec.clusterIP ?? ''));
  return [
    ...signalBecause('called', [
      ...pods.map((pod) => refTo('Pod', pod)),
      ...services.map((service) => refTo('Service', service)),
    ]),
    ...policies.map((policy) => ({ object: refTo('NetworkPolicy', policy), codes: ['network-policy.'] })),
  ];
}

/** Where connections fail, the machine itself may be what loses them. */
function troubledNode(pod: Pod, texts: readonly string[]): readonly Because[] {
  const { nodeName = '' } = pod.spec;
  const speaks = texts.some((text) => /timed? ?out|timeout|refused|reset|unreachable|deadline exceeded/i.test(text));
  return nodeName === '' || !speaks ? [] : [{ object: refByName('Node', '', nodeName), codes: ['node.problem.'] }];
}

/** Pods of which a log was read and that call what stands behind this workload. */
function clientsOf(snapshot: Snapshot, workload: ObjectRef): readonly ObjectRef[] {
  const own = new Set(podsStandingFor(snapshot, workload).map((pod) => refKey(refTo('Pod', pod))));
  const pods = (snapshot.parts.logs ?? [])
    .flatMap(({ namespace, pod }) => snapshot.get('Pod', namespace, pod) ?? [])
    .map((pod) => refTo('Pod', pod));
  const calls = (pod: ObjectRef): boolean =>
    callsKnown(snapshot, pod).some((called) =>
      podsStandingFor(snapshot, called).some((one) => own.has(refKey(refTo('Pod', one)))),
    );
  return pods.filter((pod) => !own.has(refKey(pod)) && calls(pod));
}

function tellsOf(text: string, kind: FailureKind): boolean {
  return failureIn(readableLine(text)) === kind;
}

/** Names are not found where the cluster's name service is not answered itself, or is too busy to answer. */
function nameService(snapshot: Snapshot, texts: readonly string[]): readonly Because[] {
  if (!texts.some((text) => tellsOf(text, 'unresolved'))) return [];
  const known = dnsWorkloads(snapshot).map((object) => ({
    object,
    codes: ['dns.', 'signal.errors.', 'signal.latency.', 'signal.cpu.'],
  }));
  return [...known, ...dnsCauses(snapshot).map(({ object }) => ({ object, codes: ['dns.'] }))];
}

function turnsLoginsAway(snapshot: Snapshot, workload: ObjectRef, texts: readonly string[]): boolean {
  return texts.every((text) => tellsOf(text, 'credentials')) && isDataStore(snapshot, workload);
}

const address = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g;

/** Strangers try logins wherever a store can be reached. It is trouble of ours where one of our own pods is turned away. */
export function isOfStrangers(snapshot: Snapshot, pod: Pod, texts: readonly string[]): boolean {
  // The API server says of a client, not of itself, that it is not let in.
  if (texts.every((text) => text.includes('Unable to authenticate the request'))) return true;
  if (!turnsLoginsAway(snapshot, workloadRef(snapshot, refTo('Pod', pod)), texts)) return false;
  const addresses = new Set(texts.flatMap((text) => text.slice(0, longest).match(address) ?? []));
  return !snapshot.list('Pod').some(({ status }) => status.podIP !== undefined && addresses.has(status.podIP));
}
const longest = 4000;

/** What may explain what a pod's log says. A store that turns logins away does its work: who comes with the wrong ones has the trouble. */
export function saidBecause(snapshot: Snapshot, pod: Pod, texts: readonly string[]): readonly Because[] {
  const object = refTo('Pod', pod);
  const workload = workloadRef(snapshot, object);
  if (turnsLoginsAway(snapshot, workload, texts)) {
    return [
      ...signalBecause('limit', [object, workload]),
      ...clientsOf(snapshot, workload).map((client) => ({ object: client, codes: ['signal.log.'] })),
    ];
  }
  const called = [
    ...callsKnown(snapshot, object),
    ...texts.flatMap((text) => servicesInText(snapshot, text, pod.metadata.namespace)),
  ];
  const answers = texts.every((text) => tellsOf(text, 'credentials'))
    ? signalBecause('limit', called)
    : signalBecause('called', called);
  return [
    ...signalBecause('said', [object, workload]),
    ...answers,
    ...texts.flatMap((text) => addressed(snapshot, text)),
    ...nameService(snapshot, texts),
    ...troubledNode(pod, texts),
  ];
}
