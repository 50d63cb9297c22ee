import type { Docker } from '../host/docker.ts';
import { until } from '../host/wait.ts';
import { askFor } from './api.ts';

type Node = {
  metadata: { name: string };
  spec: { podCIDR?: string };
  status: { addresses?: { type: string; address: string }[]; conditions?: { type: string; status: string }[] };
};
type NodeRoute = { name: string; podRange: string; address: string };

export async function listNodes(kubeconfig: string): Promise<Node[]> {
  return (await askFor<{ items: Node[] }>(kubeconfig, 'GET', '/api/v1/nodes')).items;
}

export function isNodeReady(node: Node): boolean {
  return node.status.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') ?? false;
}

/** Gives every node its CNI configuration and a route to the pods of every other node. Nothing enforces NetworkPolicy. */
export async function writePodNetwork(docker: Docker, kubeconfig: string, count: number): Promise<void> {
  // A node that joined a moment ago has no pod range yet.
  const nodes = await until({ for: 'a pod range on every node', seconds: 90 }, () => routesOf(kubeconfig, count));
  for (const node of nodes) {
    const routes = nodes
      .filter((other) => other !== node)
      .map((other) => `ip route replace ${other.podRange} via ${other.address}`);
    const script = [
      'set -e',
      'mkdir -p /etc/cni/net.d',
      'cat > /etc/cni/net.d/.bed',
      ...routes,
      'mv /etc/cni/net.d/.bed /etc/cni/net.d/10-bed.conflist',
    ];
    await docker.run(['exec', '--interactive', node.name, 'sh', '-c', script.join('\n')], {
      input: JSON.stringify(conflist(node.podRange)),
    });
  }
}

async function routesOf(kubeconfig: string, count: number): Promise<NodeRoute[] | undefined> {
  const routes = (await listNodes(kubeconfig)).flatMap((node): NodeRoute[] => {
    const address = node.status.addresses?.find((one) => one.type === 'InternalIP')?.address;
    const podRange = node.spec.podCIDR;
    return address === undefined || podRange === undefined ? [] : [{ name: node.metadata.name, podRange, address }];
  });
  return routes.length === count ? routes : undefined;
}

function conflist(podRange: string): unknown {
  const ipam = {
    type: 'host-local',
    dataDir: '/run/cni-ipam-state',
    routes: [{ dst: '0.0.0.0/0' }],
    ranges: [[{ subnet: podRange }]],
  };
  return {
    cniVersion: '0.3.1',
    name: 'bed',
    plugins: [
      { type: 'ptp', ipam },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
}
