import type { Confidence, Severity } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { Service } from '@autodevops/domain/kubernetes/network';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromLog, fromSpec } from '../../evidence/finding.ts';
import { connectionTrouble, isStruggling } from '../../reading/output/connection-trouble.ts';
import type { TroubleLine } from '../../reading/output/connection-trouble.ts';
import { declaredPorts } from '../../reading/network/container-ports.ts';
import { conditionOf } from '../../reading/pods/pod-status.ts';
import { podsBehind } from '../../reading/network/service-pods.ts';
import { callersOf } from '../../reading/network/service-users.ts';
import type { ServiceCaller } from '../../reading/network/service-users.ts';
import { matchesLabels } from '../../reading/selector.ts';
import { portNotServed } from './codes.ts';

/** Where a client goes when its URL names no port. */
const usualPorts: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['https', 443],
  ['ws', 80],
  ['wss', 443],
  ['postgres', 5432],
  ['postgresql', 5432],
  ['mysql', 3306],
  ['mariadb', 3306],
  ['redis', 6379],
  ['rediss', 6379],
  ['amqp', 5672],
  ['amqps', 5671],
  ['mongodb', 27_017],
  ['nats', 4222],
  ['ldap', 389],
  ['ldaps', 636],
]);

interface Served {
  readonly ports: ReadonlySet<number>;
  /** `5432 (postgres)` for people. */
  readonly text: string;
}

/** Ports at which the Service can be reached: a headless one has those of its pods. */
function servedPorts(snapshot: Snapshot, service: Service): Served | undefined {
  const own = service.spec.ports.flatMap((p) => (p.port === undefined ? [] : [{ port: p.port, name: p.name }]));
  if (service.spec.clusterIP !== 'None') return { ports: new Set(own.map((p) => p.port)), text: textOf(own) };
  const declared = podsBehind(snapshot, service)
    .slice(0, 50)
    .flatMap((pod) => declaredPorts(pod.spec));
  if (declared.length === 0) return undefined;
  const all = [...own, ...declared];
  return { ports: new Set(all.map((p) => p.port)), text: textOf(all) };
}

function textOf(ports: readonly { port: number; name: string | undefined }[]): string {
  const texts = ports.map((p) => (p.name === undefined || p.name === '' ? `${p.port}` : `${p.port} (${p.name})`));
  return [...new Set(texts)].slice(0, 6).join(', ');
}

interface Weight {
  readonly severity: Severity;
  readonly confidence: Confidence;
}

/** How sure, and how bad: the caller's log says so; the caller does not work; the caller is well (then only to know). */
function weigh(
  struggling: boolean,
  line: TroubleLine | undefined,
  stated: boolean,
  headless: boolean,
): Weight | undefined {
  if (line !== undefined) {
    return { severity: struggling ? 'critical' : 'warning', confidence: stated ? 'high' : 'medium' };
  }
  if (headless) return undefined;
  if (struggling) return stated ? { severity: 'critical', confidence: 'medium' } : undefined;
  return stated ? { severity: 'info', confidence: 'low' } : undefined;
}

function checkCaller(snapshot: Snapshot, service: Service, caller: ServiceCaller, served: Served): Finding | undefined {
  const { pod, reference } = caller;
  const stated = reference.port !== undefined;
  const port = reference.port ?? usualPorts.get(reference.scheme ?? '');
  if (port === undefined || served.ports.has(port)) return undefined;
  const address = service.spec.clusterIP ?? '';
  const places = [reference.host, ...(address === '' || address === 'None' ? [] : [address])];
  const line = connectionTrouble(snapshot, pod, places);
  const weight = weigh(isStruggling(snapshot, pod, reference.container), line, stated, address === 'None');
  if (weight === undefined) return undefined;
  const { namespace, name } = service.metadata;
  const ref = refTo('Pod', pod);
  const written =
    reference.configMap === '' ? ref : refByName('ConfigMap', pod.metadata.namespace, reference.configMap);
  return finding(portNotServed, {
    object: ref,
    ...weight,
    facet: `${reference.container}|${namespace}/${name}:${port}`,
    cause: `Container "${reference.container}" is told to reach ${reference.host} on port ${port}, but Service "${name}" in namespace "${namespace}" listens on ${served.text}.`,
    evidence: [
      fromSpec(written, reference.path, reference.text),
      fromSpec(refTo('Service', service), 'spec.ports', served.text),
      ...(line === undefined ? [] : [fromLog(ref, line.container, line.previous, line.text, line.time)]),
    ],
    since: conditionOf(pod.status.conditions, 'Ready')?.lastTransitionTime ?? pod.metadata.creationTimestamp ?? '',
    // The same, where the program's own last words name the port.
    because: [{ object: ref, codes: ['pod.dependency.wrong-port'] }],
    nextSteps: [
      `Correct the port in ${reference.configMap === '' ? `\`${reference.path}\` of the workload` : `ConfigMap "${reference.configMap}"`}: Service "${name}" listens on ${served.text}.`,
      `Or, if something listens on ${port} behind it, add that port to Service "${name}".`,
    ],
  });
}

/** Pods whose configuration names the Service with a port that it does not have. */
export function checkNotServed(snapshot: Snapshot, service: Service): readonly Finding[] {
  const callers = callersOf(snapshot, service.metadata);
  if (callers.length === 0 || service.spec.type === 'ExternalName' || service.spec.ports.length === 0) return [];
  const served = servedPorts(snapshot, service);
  if (served === undefined) return [];
  const found = new Map<string, Finding>();
  for (const caller of callers) {
    const { namespace, labels } = caller.pod.metadata;
    if (namespace === service.metadata.namespace && matchesLabels(service.spec.selector, labels)) continue;
    const one = checkCaller(snapshot, service, caller, served);
    if (one !== undefined) found.set(`${caller.pod.metadata.namespace}/${caller.pod.metadata.name}|${one.facet}`, one);
  }
  return [...found.values()];
}
