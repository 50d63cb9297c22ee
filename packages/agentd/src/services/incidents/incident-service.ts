import type { HeartbeatRules } from '@autodevops/agent-core/incidents/heartbeat/heartbeat';
import type { IncidentDesk } from '@autodevops/agent-core/incidents/incident-desk';
import type { ReceiveAlerts } from '@autodevops/agent-core/incidents/notices/receive-alerts';
import type { AlertMapping } from '@autodevops/domain/incident/alert-mapping';
import type { People } from '@autodevops/domain/ports/store';
import type { Escalations } from './escalating.ts';

/** What receiving alerts and answering about incidents work with. */
export interface IncidentService {
  readonly desk: IncidentDesk;
  readonly people: Pick<People, 'byAccount'>;
  readonly heartbeat: HeartbeatRules;
  /** How documents of any sender are read, by its name. */
  readonly mappings: ReadonlyMap<string, AlertMapping>;
  readonly receive: ReceiveAlerts;
  /** Lets Jamie look at what an incident is about, without anybody waiting for it. */
  readonly diagnoseSoon: (id: string) => void;
  readonly onCall: Escalations['onCall'];
}
