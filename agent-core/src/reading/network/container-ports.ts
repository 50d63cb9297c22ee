import type { Pod, PodSpec, Probe } from '@autodevops/domain/kubernetes/pod';

export interface DeclaredPort {
  readonly container: string;
  readonly name: string | undefined;
  readonly port: number;
  /** TCP when not said. */
  readonly protocol: string;
}

/** Ports that a pod's containers declare, those of sidecars (init containers that go on) too. */
export function declaredPorts(spec: PodSpec): readonly DeclaredPort[] {
  const containers = [...spec.containers, ...spec.initContainers.filter((c) => c.restartPolicy === 'Always')];
  return containers.flatMap((c) =>
    c.ports.flatMap((p) =>
      p.containerPort === undefined
        ? []
        : [{ container: c.name, name: p.name, port: p.containerPort, protocol: p.protocol ?? 'TCP' }],
    ),
  );
}

function probePorts(probe: Probe | undefined): readonly (number | string)[] {
  const ports = [probe?.httpGet?.port, probe?.tcpSocket?.port, probe?.grpc?.port];
  return ports.filter((p) => p !== undefined);
}

/** The number is asked by a probe, or stands in a variable, an argument or a command: the container listens there. */
export function mentionsPort(pod: Pod, port: number): boolean {
  const digits = String(port);
  const stands = (text: string): boolean => text.length < 4096 && text.split(/\D+/).includes(digits);
  return pod.spec.containers.some((c) => {
    const probes = [c.livenessProbe, c.readinessProbe, c.startupProbe].flatMap(probePorts);
    if (probes.some((p) => p === port || p === digits)) return true;
    return c.env.some((v) => v.value !== undefined && stands(v.value)) || [...c.command, ...c.args].some(stands);
  });
}
