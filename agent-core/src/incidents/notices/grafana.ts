import type { GrafanaPayload } from '@autodevops/domain/incident/grafana-payload';
import type { Digest } from '../../changes/simulating/digest.ts';
import type { AlertGroup } from './alert-group.ts';
import { alertGroupFrom } from './alertmanager.ts';

/**
 * A notice of Grafana's alerting, which groups as Alertmanager does. Its keys look like Alertmanager's, so they are
 * marked; organizations of one Grafana are told apart.
 */
export function grafanaGroup(
  { orgId, groupKey, alerts, truncatedAlerts }: GrafanaPayload,
  heartbeat: string,
  digest: Digest,
): AlertGroup {
  return alertGroupFrom({ groupKey: `grafana ${orgId} ${groupKey}`, alerts, truncatedAlerts }, heartbeat, digest);
}
