/** Programs of monitoring that are found by where they usually are. */
export type KnownProgram = 'prometheus' | 'alertmanager' | 'loki' | 'grafana';

/** Namespaces that an administrator makes for it; a Service of that name elsewhere may be anybody's. */
export const knownNamespaces: readonly string[] = [
  'monitoring',
  'observability',
  'prometheus',
  'openshift-monitoring',
  'cattle-monitoring-system',
  'loki',
  'grafana',
  'logging',
];

/** What the Prometheus operator, the charts of prometheus-community and of Grafana, and kube-prometheus call them; the first that is there. */
export const knownNames: Readonly<Record<KnownProgram, readonly string[]>> = {
  prometheus: [
    'prometheus-operated',
    'prometheus-k8s',
    'kube-prometheus-stack-prometheus',
    'prometheus-server',
    'prometheus',
  ],
  alertmanager: [
    'alertmanager-operated',
    'alertmanager-main',
    'kube-prometheus-stack-alertmanager',
    'prometheus-alertmanager',
    'alertmanager',
  ],
  loki: ['loki-gateway', 'loki', 'loki-stack'],
  grafana: ['grafana', 'kube-prometheus-stack-grafana'],
};

/** Ports that are not those of its API: what other replicas and scrapers use. */
const otherPorts = /^(?:grpc|mesh|reloader|gossip|memberlist|http-memberlist|metrics|cluster)/;

export interface SeenService {
  readonly namespace: string;
  readonly name: string;
  readonly ports: readonly { readonly name: string; readonly port: number }[];
}

export interface FoundService {
  readonly namespace: string;
  readonly name: string;
  readonly port: string;
}

/** The Service of a program among those that are there; undefined when none of them is. */
export function knownService(program: KnownProgram, services: readonly SeenService[]): FoundService | undefined {
  for (const name of knownNames[program]) {
    for (const namespace of knownNamespaces) {
      const found = services.find((service) => service.name === name && service.namespace === namespace);
      const port = found?.ports.find((one) => !otherPorts.test(one.name));
      if (port !== undefined) return { namespace, name, port: port.name === '' ? String(port.port) : port.name };
    }
  }
  return undefined;
}
