import type { Container, Pod, Probe } from '@autodevops/domain/kubernetes/pod';
import type { ProbeName } from './unready-container.ts';

/** How a probe fails, by the kubelet's words. */
export type ProbeFailureClass =
  | 'refused'
  | 'not-found'
  | 'not-allowed'
  | 'bad-request'
  | 'server-error'
  | 'plain-answer'
  | 'tls-answer'
  | 'client-certificate'
  | 'other-protocol'
  | 'no-health-service'
  | 'not-serving'
  | 'timeout'
  | 'cut-off'
  | 'port-name'
  | 'command-missing'
  | 'command-failed'
  | 'other';

const words: readonly (readonly [ProbeFailureClass, readonly string[]])[] = [
  ['port-name', ['strconv.atoi', 'invalid port number', "couldn't find port"]],
  [
    'plain-answer',
    [
      'server gave http response to https client',
      'first record does not look like a tls handshake',
      'wrong version number',
    ],
  ],
  ['tls-answer', ['malformed http response "\\x15\\x03', 'client sent an http request to an https server']],
  [
    'client-certificate',
    ['tls: certificate required', 'tls: bad certificate', 'no client certificate', 'required client certificate'],
  ],
  ['other-protocol', ['malformed http response', 'malformed http status']],
  [
    'no-health-service',
    ['does not implement the grpc health protocol', 'code = unimplemented', 'unknown service', 'code = notfound'],
  ],
  ['not-serving', ['not_serving', 'service unhealthy']],
  ['refused', ['connection refused', 'no route to host']],
  [
    'command-missing',
    ['executable file not found', 'oci runtime exec failed', 'failed to exec in container: failed to start exec'],
  ],
  [
    'timeout',
    ['context deadline exceeded', 'client.timeout', 'i/o timeout', 'timed out', 'timeout:', 'deadline_exceeded'],
  ],
  ['cut-off', ['connection reset by peer', ': eof', 'broken pipe', 'server closed']],
];

function byStatus(lower: string): ProbeFailureClass | undefined {
  const at = lower.indexOf('statuscode: ');
  const status = at < 0 ? 0 : Number.parseInt(lower.slice(at + 12, at + 15), 10);
  if (status === 404) return 'not-found';
  if (status === 401 || status === 403) return 'not-allowed';
  if (status >= 500) return 'server-error';
  return status >= 300 ? 'bad-request' : undefined;
}

/** Of an Unhealthy event's message and the probe that it is about. */
export function probeFailureClass(message: string, probe: Probe | undefined): ProbeFailureClass {
  const lower = message.toLowerCase();
  const status = byStatus(lower);
  if (status !== undefined) return status;
  const found = words.find(([, any]) => any.some((text) => lower.includes(text)))?.[0];
  if (probe?.exec !== undefined) return found === 'timeout' || found === 'command-missing' ? found : 'command-failed';
  return found ?? 'other';
}

export function probeOf(container: Container, name: ProbeName): Probe | undefined {
  return { readiness: container.readinessProbe, liveness: container.livenessProbe, startup: container.startupProbe }[
    name
  ];
}

/** `readinessProbe` of `readiness`. */
export function probeField(name: ProbeName): 'readinessProbe' | 'livenessProbe' | 'startupProbe' {
  return `${name}Probe`;
}

/** The number of the port that a probe goes to; undefined when it has none or names one that the container does not have. */
export function probePort(probe: Probe | undefined, container: Container): number | undefined {
  const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port;
  if (typeof port === 'number') return port;
  const declared = container.ports.find((p) => p.name === port)?.containerPort;
  return declared ?? (port !== undefined && /^\d+$/.test(port) ? Number(port) : undefined);
}

/** `GET http://:8080/healthz`, `TCP :5432`, `gRPC :9090`, `exec ["cat","/tmp/ok"]`. */
export function probeText(probe: Probe | undefined): string {
  if (probe?.httpGet !== undefined) {
    const { scheme, host, port, path } = probe.httpGet;
    return `GET ${(scheme ?? 'HTTP').toLowerCase()}://${host ?? ''}:${port ?? ''}${path ?? '/'}`;
  }
  if (probe?.tcpSocket !== undefined) return `TCP ${probe.tcpSocket.host ?? ''}:${probe.tcpSocket.port ?? ''}`;
  if (probe?.grpc !== undefined) return `gRPC :${probe.grpc.port ?? ''}`;
  return probe?.exec === undefined ? 'no probe' : `exec ${JSON.stringify(probe.exec.command)}`;
}

/** Ports that the containers of the pod declare, its own first. */
export function declaredPorts(pod: Pod, container: Container): readonly number[] {
  const own = container.ports.map((p) => p.containerPort);
  const others = pod.spec.containers
    .filter((c) => c.name !== container.name)
    .flatMap((c) => c.ports.map((p) => p.containerPort));
  return [...new Set([...own, ...others])].filter((port): port is number => port !== undefined);
}
