import type { AlertNotice } from '../bot/customer-agent.ts';
import { isBroken } from './generated-cluster.ts';

/** Deployments of a generated cluster that are broken, in the order of their numbers. */
export function brokenWorkloads(pods: number, oneIn: number): readonly number[] {
  return Array.from({ length: Math.ceil(pods / 10) }, (_, group) => group).filter((group) => isBroken(group, oneIn));
}

/** What Alertmanager tells of one of them. `round` makes groups of alerts new that were told before. */
export function noticeOf(workload: number, round: string, status: AlertNotice['status'] = 'firing'): AlertNotice {
  const labels = { namespace: `team-${workload % 40}`, deployment: `app-${workload}` };
  return {
    group: `${round}/app-${workload}`,
    status,
    alerts: [{ name: 'KubeDeploymentReplicasMismatch', labels, summary: `app-${workload} has fewer pods than wanted` }],
  };
}
