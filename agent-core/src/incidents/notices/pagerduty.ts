import type { PagerDutyPayload } from '@autodevops/domain/incident/pagerduty-payload';
import type { IncidentSeverity } from '@autodevops/domain/incident/incident-event';
import type { Digest } from '../../changes/simulating/digest.ts';
import { alertGroup } from './alert-group.ts';
import type { AlertGroup } from './alert-group.ts';
import { keptText } from '../kept-text.ts';

const ofPriority = new Map<string, IncidentSeverity>(
  Object.entries({
    p1: 'sev1',
    p2: 'sev2',
    p3: 'sev3',
    p4: 'sev4',
    p5: 'sev4',
    sev1: 'sev1',
    sev2: 'sev2',
    sev3: 'sev3',
    sev4: 'sev4',
    sev5: 'sev4',
  } as const),
);
const ofUrgency = { high: 'sev2', low: 'sev3' } as const;

/**
 * An event of a PagerDuty incident: that incident is the group, with itself as the one alert. Its id stays the same, so
 * what comes later, and in any order, is about the same. Events about anything else have no alerts.
 */
export function pagerDutyGroup({ event }: PagerDutyPayload, digest: Digest): AlertGroup {
  const { data, occurred_at: occurredAt } = event;
  if (data === undefined || data === null) {
    return alertGroup({ groupKey: `pagerduty ${event.id}`, alerts: [], left: 0 }, digest);
  }
  const { id, status, title, created_at: startsAt, urgency, priority, service } = data;
  const key = `pagerduty ${id}`;
  return alertGroup(
    {
      groupKey: key,
      left: 0,
      alerts: [
        {
          fingerprint: key,
          name: title,
          startsAt,
          summary: '',
          state: status === 'resolved' ? 'resolved' : 'firing',
          endsAt: status === 'resolved' ? occurredAt : '',
          severity: ofPriority.get((priority?.summary ?? '').toLowerCase()) ?? ofUrgency[urgency],
          labels: service === undefined || service === null ? {} : { pagerduty_service: service.summary || service.id },
        },
      ],
    },
    digest,
  );
}

/** Somebody of PagerDuty. */
export interface PagerDutyUser {
  readonly id: string;
  readonly name: string;
}

/** Who acknowledged an incident by this event; undefined where it says something else, or no person did. */
export function acknowledgedBy({ event: { event_type: type, agent } }: PagerDutyPayload): PagerDutyUser | undefined {
  if (type !== 'incident.acknowledged' || agent?.type !== 'user_reference' || !/^[A-Z0-9]{1,40}$/i.test(agent.id)) {
    return undefined;
  }
  return { id: agent.id, name: keptText(agent.summary, 100) || agent.id };
}
