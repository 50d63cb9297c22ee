import type { Incident } from '@autodevops/domain/incident/incident';
import type { WantedMessage } from '@autodevops/domain/ports/bot-store';
import { incidentCard } from '../rendering/incident/incident-card.ts';
import { incidentFindings } from '../rendering/incident/incident-findings.ts';
import { callMessage, reminderMessage } from './attention-messages.ts';
import { messageKeys } from './message-keys.ts';
import { stepMessage } from './step-message.ts';
import type { ThreadNote } from './thread-note.ts';
import type { ToldSeries } from './told-series.ts';
import { wanted } from './wanted.ts';

export interface ThreadView {
  readonly customer: string;
  readonly cluster: string;
  readonly incident: Incident;
  /** As `noteOfThread` made it of the same incident. */
  readonly note: ThreadNote;
  /** Address of the thread that a merged incident went into; empty where none is known. */
  readonly linkToOther: string;
}

/** The last message of a series; those before it stay as they were posted. */
function lastOf({ count }: ToldSeries, made: () => WantedMessage): readonly WantedMessage[] {
  return count === 0 ? [] : [made()];
}

/**
 * What should stand in Slack of an incident now: the card, what Jamie found, the last real change of state, and whom
 * it waits for. Each has its key for ever, so wanting all of it again changes what differs and posts nothing twice.
 */
export function threadOf(view: ThreadView): readonly WantedMessage[] {
  const { customer, cluster, incident, note, linkToOther } = view;
  const root = messageKeys.root(customer, incident.id);
  const inThread = { ...note.place, parent: root };
  const hasFindings = incident.summary !== '' || incident.causes.length > 0;
  return [
    wanted(root, customer, note.place, incidentCard(incident, { cluster })),
    ...(hasFindings
      ? [wanted(messageKeys.findings(customer, incident.id), customer, inThread, incidentFindings(incident))]
      : []),
    ...lastOf(note.steps, () =>
      wanted(
        messageKeys.step(customer, incident.id, note.steps.count),
        customer,
        inThread,
        stepMessage(incident, linkToOther),
      ),
    ),
    ...lastOf(note.calls, () =>
      wanted(messageKeys.call(customer, incident.id, note.calls.count), customer, inThread, callMessage(incident)),
    ),
    ...lastOf(note.reminders, () =>
      wanted(
        messageKeys.reminder(customer, incident.id, note.reminders.count),
        customer,
        inThread,
        reminderMessage(incident),
      ),
    ),
  ];
}
