import type { Finding } from '@autodevops/domain/finding';
import type { Service } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromLog, fromSpec } from '../../evidence/finding.ts';
import { declaredPorts, mentionsPort } from '../../reading/network/container-ports.ts';
import type { DeclaredPort } from '../../reading/network/container-ports.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { matchesLabels } from '../../reading/selector.ts';
import { callersOf } from '../../reading/network/service-users.ts';
import { connectionTrouble } from '../../reading/output/connection-trouble.ts';
import type { TroubleLine } from '../../reading/output/connection-trouble.ts';
import { severityOf } from '../../reading/network/service-exposure.ts';
import { protocolDiffers, targetNameUnknown, targetNotDeclared } from './codes.ts';

export interface ServedBy {
  readonly snapshot: Snapshot;
  readonly service: Service;
  /** Living pods that it selects; at least one. */
  readonly pods: readonly Pod[];
}

type ServicePort = Service['spec']['ports'][number];

interface PortCheck extends ServedBy {
  readonly port: ServicePort;
  readonly path: string;
  readonly declared: readonly DeclaredPort[];
}

function portText(ports: readonly DeclaredPort[]): string {
  const texts = ports.map((p) => (p.name === undefined ? `${p.port}` : `${p.name} (${p.port})`));
  return [...new Set(texts)].slice(0, 5).join(', ');
}

function common(check: PortCheck): Pick<Finding, 'object' | 'since' | 'facet'> {
  const ref = refTo('Service', check.service);
  return { object: ref, since: lastChange(check.service), facet: `${check.port.name ?? ''}:${check.port.port ?? ''}` };
}

function declaredEvidence(pod: Pod, declared: readonly DeclaredPort[]) {
  const text = declared
    .map((d) => `${d.container}: ${d.name ?? ''} ${d.port}/${d.protocol}`.replace('  ', ' '))
    .join(', ');
  return fromSpec(refTo('Pod', pod), 'spec.containers[*].ports', text === '' ? 'no ports' : text);
}

function patch(check: PortCheck, set: Record<string, string | number>): Finding['changes'] {
  const target = refTo('Service', check.service);
  return [{ action: 'patch-service-port', target, params: { port: check.port.port ?? 0, ...set }, risk: 'medium' }];
}

function checkNamed(check: PortCheck, target: string): Finding | undefined {
  const { service, port, declared, pods } = check;
  const protocol = port.protocol ?? 'TCP';
  const sameName = declared.filter((d) => d.name === target);
  if (sameName.some((d) => d.protocol === protocol)) return undefined;
  const other = sameName[0];
  if (other !== undefined) return protocolFinding(check, other);
  const names = declared.map((d) => d.name).filter((n) => n !== undefined);
  const meant =
    declared.find((d) => d.name === nearMatches(target, names)[0]) ?? (declared.length === 1 ? declared[0] : undefined);
  const has = declared.length === 0 ? 'declare no port' : `have ${portText(declared)}`;
  const [pod] = pods;
  return finding(targetNameUnknown, {
    ...common(check),
    severity: service.spec.ports.length === 1 ? severityOf(check.snapshot, service) : 'warning',
    cause: `Service "${service.metadata.name}" sends port ${port.port} to the container port named "${target}", which no container of its pods has; they ${has}.`,
    evidence: [
      fromSpec(refTo('Service', service), `${check.path}.targetPort`, target),
      ...(pod === undefined ? [] : [declaredEvidence(pod, declared)]),
    ],
    ...(meant === undefined ? {} : { changes: patch(check, { targetPort: meant.name ?? meant.port }) }),
    nextSteps:
      meant === undefined
        ? targetNameUnknown.nextSteps
        : [
            `Set \`targetPort\` of port ${port.port} to ${meant.name === undefined ? meant.port : `"${meant.name}"`}, if that is where container "${meant.container}" serves it.`,
          ],
  });
}

function protocolFinding(check: PortCheck, other: DeclaredPort): Finding | undefined {
  const { service, port, pods } = check;
  const protocol = port.protocol ?? 'TCP';
  const both = service.spec.ports.some(
    (p) => (p.protocol ?? 'TCP') === other.protocol && (p.targetPort ?? p.port) === (port.targetPort ?? port.port),
  );
  if (both) return undefined;
  const [pod] = pods;
  return finding(protocolDiffers, {
    ...common(check),
    confidence: 'medium',
    cause: `Service "${service.metadata.name}" forwards ${protocol} on port ${port.port}, and container "${other.container}" declares port ${other.port} for ${other.protocol} only.`,
    evidence: [
      fromSpec(refTo('Service', service), `${check.path}.protocol`, protocol),
      ...(pod === undefined ? [] : [declaredEvidence(pod, [other])]),
    ],
    changes: patch(check, { protocol: other.protocol }),
  });
}

/** Declared ports that some Service sends to: the program's main port is then known and in use. */
function isUsed(check: PortCheck, declared: DeclaredPort): boolean {
  const [pod] = check.pods;
  const labels = pod?.metadata.labels ?? {};
  const services = check.snapshot
    .listIn('Service', check.service.metadata.namespace)
    .filter((s) => matchesLabels(s.spec.selector, labels));
  return services.some((s) =>
    s.spec.ports.some((p) => (p.targetPort ?? p.port) === declared.port || p.targetPort === declared.name),
  );
}

/** Ports and containers that stand beside the program: what they declare says nothing of where it listens. */
const sidePorts = /metric|prom|health|admin|debug|probe|mgmt|management|jmx|gossip|peer|cluster|raft/;
const sideContainers = /proxy|envoy|sidecar|agent|exporter|linkerd|istio|dapr/;

function callerTrouble(check: PortCheck): { pod: Pod; line: TroubleLine } | undefined {
  const { snapshot, service } = check;
  const address = service.spec.clusterIP ?? '';
  for (const { pod, reference } of callersOf(snapshot, service.metadata).slice(0, 200)) {
    const places = address === '' || address === 'None' ? [reference.host] : [reference.host, address];
    const line = connectionTrouble(snapshot, pod, places);
    if (line !== undefined) return { pod, line };
  }
  return undefined;
}

function checkNumber(check: PortCheck, target: number): Finding | undefined {
  const { service, port, declared, pods } = check;
  const protocol = port.protocol ?? 'TCP';
  const same = declared.filter((d) => d.port === target);
  if (same.some((d) => d.protocol === protocol)) return undefined;
  const other = same[0];
  if (other !== undefined) return protocolFinding(check, other);
  const main = declared.filter(
    (d) => d.protocol === protocol && !sidePorts.test(d.name ?? '') && !sideContainers.test(d.container),
  );
  const unused = main.filter((d) => !isUsed(check, d));
  const [pod] = pods;
  if (pod === undefined || main.length === 0 || unused.length < main.length || mentionsPort(pod, target)) {
    return undefined;
  }
  const trouble = callerTrouble(check);
  const meant = unused.length === 1 ? unused[0] : undefined;
  return finding(targetNotDeclared, {
    ...common(check),
    severity: trouble === undefined ? 'warning' : 'critical',
    confidence: trouble === undefined ? 'medium' : 'high',
    cause: `Service "${service.metadata.name}" sends port ${port.port} to container port ${target}, which no container of its pods declares; they declare ${portText(main)}, which no Service uses.`,
    evidence: [
      fromSpec(refTo('Service', service), `${check.path}.targetPort`, String(target)),
      declaredEvidence(pod, declared),
      ...(trouble === undefined
        ? []
        : [
            fromLog(
              refTo('Pod', trouble.pod),
              trouble.line.container,
              trouble.line.previous,
              trouble.line.text,
              trouble.line.time,
            ),
          ]),
    ],
    // Whether it is felt the callers' logs tell: they are named so that they are read.
    because:
      trouble === undefined
        ? callersOf(check.snapshot, service.metadata)
            .slice(0, 3)
            .map(({ pod: caller }) => ({ object: refTo('Pod', caller), codes: ['pod.dependency.'] }))
        : [],
    ...(meant === undefined ? {} : { changes: patch(check, { targetPort: meant.port }) }),
    nextSteps:
      meant === undefined
        ? targetNotDeclared.nextSteps
        : [
            `Check that container "${meant.container}" listens on ${meant.port}, and set \`targetPort\` of port ${port.port} to it.`,
          ],
  });
}

/** Pods of one workload hold the same lists of ports. */
function declareTheSame(a: Pod, b: Pod | undefined): boolean {
  const same = (of: 'containers' | 'initContainers'): boolean =>
    a.spec[of].length === b?.spec[of].length &&
    a.spec[of].every(
      (c, i) =>
        c.ports === b.spec[of][i]?.ports &&
        c.name === b.spec[of][i].name &&
        c.restartPolicy === b.spec[of][i].restartPolicy,
    );
  return same('containers') && same('initContainers');
}

function distinctPorts(pods: readonly Pod[]): readonly DeclaredPort[] {
  const seen = new Map<string, DeclaredPort>();
  for (const [index, pod] of pods.slice(0, 500).entries()) {
    if (declareTheSame(pod, pods[index - 1])) continue;
    for (const d of declaredPorts(pod.spec)) seen.set(`${d.container}|${d.name ?? ''}|${d.port}|${d.protocol}`, d);
  }
  return [...seen.values()];
}

/** Where each port of the Service leads, against what the containers of its pods declare. */
export function checkTargets(served: ServedBy): readonly Finding[] {
  const declared = distinctPorts(served.pods);
  return served.service.spec.ports.flatMap((port, index): Finding[] => {
    const check: PortCheck = { ...served, port, path: `spec.ports[${index}]`, declared };
    const target = port.targetPort ?? port.port;
    if (target === undefined || target === '') return [];
    const found = typeof target === 'string' ? checkNamed(check, target) : checkNumber(check, target);
    return found === undefined ? [] : [found];
  });
}
