/** `count` Deployments in ten namespaces, each of them paused before its first pod: each is a cause of its own. */
export function pausedDeployments(count: number): readonly Readonly<Record<string, unknown>>[] {
  const created = new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+/, '');
  const namespaces = Array.from({ length: 10 }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: `team-${index}`, uid: `namespace-${index}`, creationTimestamp: created },
    status: { phase: 'Active' },
  }));
  const deployments = Array.from({ length: count }, (_, index) => {
    const labels = { app: `web-${index}` };
    return {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: `web-${index}`,
        namespace: `team-${index % 10}`,
        uid: `deployment-${index}`,
        generation: 1,
        creationTimestamp: created,
      },
      spec: {
        replicas: 1,
        paused: true,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'web:1' }] } },
      },
      status: { observedGeneration: 1 },
    };
  });
  return [...namespaces, ...deployments];
}
