/** `count` Services in ten namespaces, none of which selects a pod: each is a cause of its own. */
export function servicesWithoutPods(count: number): readonly Readonly<Record<string, unknown>>[] {
  const created = new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+/, '');
  const namespaces = Array.from({ length: 10 }, (_, index) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: `team-${index}`, uid: `namespace-${index}`, creationTimestamp: created }, status: { phase: 'Active' } }));
  const services = Array.from({ length: count }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `service-${index}`, namespace: `team-${index % 10}`, uid: `service-${index}`, creationTimestamp: created },
    spec: { type: 'ClusterIP', clusterIP: `10.96.${Math.floor(index / 250)}.${index % 250}`, selector: { app: `nobody-${index}` }, ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }] },
    status: { loadBalancer: {} },
  }));
  return [...namespaces, ...services];
}
