import { readFileSync } from 'node:fs';
import { customerAgent } from '../bot/customer-agent.ts';
import type { CustomerAgent } from '../bot/customer-agent.ts';
import type { BothBundles } from '../bot/incident-scene.ts';
import { serveCluster } from './served-cluster.ts';

/** A customer whose agent, which runs, looks at a generated cluster; both end with `close`. */
export async function servedCustomer(
  name: string,
  { agent }: Pick<BothBundles, 'agent'>,
  pods: number,
  brokenOneIn?: number,
): Promise<CustomerAgent> {
  const served = await serveCluster(pods, brokenOneIn);
  const customer = await customerAgent(name, {
    bundle: agent,
    cluster: { kubeconfig: readFileSync(served.kubeconfig, 'utf8') },
  });
  await customer.start();
  return {
    ...customer,
    close: async () => {
      await customer.close();
      served.stop();
    },
  };
}
