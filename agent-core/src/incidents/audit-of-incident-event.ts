import type { AuditCode, AuditEntry } from '@autodevops/domain/change/audit-event';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import { eventSentence } from './telling/event-sentence.ts';

/** What is decided about an incident is audited; what is only observed or said stands in its timeline. */
const codes: Partial<Readonly<Record<IncidentEvent['type'], AuditCode>>> = {
  opened: 'INC001',
  reopened: 'INC002',
  'state-set': 'INC003',
  'severity-set': 'INC004',
  assigned: 'INC005',
  resolved: 'INC006',
  reviewed: 'INC007',
  merged: 'INC008',
  acknowledged: 'INC009',
  escalated: 'INC010',
  silenced: 'INC011',
  unsilenced: 'INC012',
};

/** The audit log's row of an event; undefined for what is not audited. `incident` is as it is after the event. */
export function auditOfIncidentEvent(
  { id, state, severity, origin }: Incident,
  event: IncidentEvent,
): AuditEntry | undefined {
  const code = codes[event.type];
  return code === undefined
    ? undefined
    : {
        code,
        time: event.time,
        actor: event.actor,
        onBehalfOf: '',
        subject: id,
        success: true,
        says: eventSentence(event),
        details: { state, severity, origin },
      };
}
