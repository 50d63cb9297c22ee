import type { KnownBlock } from '@slack/types';
import { counted, listed } from '@autodevops/domain/count-words';
import { isOngoing } from '@autodevops/domain/incident/incident';
import type { Incident } from '@autodevops/domain/incident/incident';
import { refText } from '@autodevops/domain/object-ref';
import { actionIds } from '../action-ids.ts';
import { button, buttons, confirmation } from '../blocks/buttons.ts';
import { header, smallPrint } from '../blocks/plain-blocks.ts';
import { always, ifRoom, message } from '../budget/message.ts';
import type { Part } from '../budget/fit.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { blank, bold, code, italic, line, list, richText, when, words } from '../text/rich-text.ts';
import { firingAlerts, severityWords, stateMarks, stateWords } from './incident-words.ts';

export interface IncidentCardView {
  readonly cluster: string;
}

const mostAlerts = 8;
const mostCauses = 3;

function standing(
  { state, severity, openedAt, resolvedAt, returns, mergedInto, summary, services = [] }: Incident,
  cluster: string,
): readonly KnownBlock[] {
  return richText(
    line(
      bold(`${stateMarks[state]} ${stateWords[state]}`),
      mergedInto === '' ? undefined : blank,
      mergedInto === '' ? undefined : code(mergedInto),
      words(' · '),
      bold(severityWords[severity]),
      words(' · since '),
      when(openedAt),
      when(resolvedAt) === undefined ? undefined : words(' · over '),
      when(resolvedAt),
      returns === 0 ? undefined : words(` · came back ${returns === 1 ? 'once' : counted(returns, 'time')}`),
      words(' · cluster '),
      code(cluster),
    ),
    summary === '' ? undefined : line(words(summary, 600)),
    services.length === 0 ? undefined : line(bold('Affected: '), words(listed(services, 8), 400)),
  );
}

function roles(incident: Incident): readonly KnownBlock[] {
  const { commander, communicator, responders } = incident;
  if (incident.state === 'merged') return [];
  // Of what is over, nobody is no news.
  if (!isOngoing(incident) && commander === undefined && communicator === undefined && responders.length === 0) {
    return [];
  }
  return richText(
    line(
      bold('Commander: '),
      commander === undefined ? italic(isOngoing(incident) ? 'nobody yet' : 'nobody') : words(commander.name, 100),
      communicator === undefined ? undefined : bold(' · Communicator: '),
      communicator === undefined ? undefined : words(communicator.name, 100),
      responders.length === 0 ? undefined : bold(' · Responders: '),
      words(
        responders
          .slice(0, 5)
          .map(({ name }) => name)
          .join(', '),
        300,
      ),
      responders.length > 5 ? words(` and ${responders.length - 5} more`) : undefined,
    ),
  );
}

/** Who was told and has not answered, who took it up, what is silent and what is due. */
function attention(incident: Incident): readonly KnownBlock[] {
  const { acknowledged, escalation, silence, updateDueSince } = incident;
  if (!isOngoing(incident)) return [];
  const waiting = escalation?.told.filter(({ answeredAt }) => answeredAt === '') ?? [];
  const names = listed(
    waiting.map(({ to }) => to.name),
    5,
  );
  return richText(
    acknowledged === undefined
      ? undefined
      : line(words('👀 Acknowledged by '), words(acknowledged.by.name, 100), blank, when(acknowledged.at)),
    acknowledged !== undefined || waiting.length === 0
      ? undefined
      : line(
          words('📣 Told and not answered yet: '),
          words(names, 300),
          words(escalation === undefined ? '' : ` (step ${escalation.step})`),
        ),
    acknowledged !== undefined || escalation?.reached !== false
      ? undefined
      : line(
          bold('📣 Nobody could be told: '),
          words(`step ${escalation.step} of ${escalation.policy} reaches no one.`, 300),
        ),
    silence === undefined
      ? undefined
      : line(
          words('🔕 Silent until '),
          when(silence.until),
          words(' by '),
          words(silence.by.name, 100),
          silence.why === '' ? undefined : words(`: ${silence.why}`, 300),
        ),
    updateDueSince === undefined
      ? undefined
      : line(bold('⏰ A status update is due'), words(' since '), when(updateDueSince)),
  );
}

function causes({ causes: all, goneCauses }: Incident): readonly KnownBlock[] {
  if (all.length === 0) return [];
  const more = all.length - mostCauses;
  return richText(
    line(bold('Cause')),
    list(
      all
        .slice(0, mostCauses)
        .map(({ key, title, object }) =>
          line(
            bold(title),
            words(' · '),
            code(refText(object)),
            goneCauses.includes(key) ? italic(' no longer seen') : undefined,
          ),
        ),
    ),
    more > 0 ? line(italic(`and ${counted(more, 'more cause')} in the thread`)) : undefined,
  );
}

function alertExample(group: Incident['alerts']): string {
  const summary = group[0]?.summary ?? '';
  return summary === '' ? '' : `${group.length > 1 ? ', for example' : ':'} ${summary}`;
}

/** Of one that is part of another incident that other one tells: here they would stand for ever as they were. */
function alertLines(incident: Incident): readonly KnownBlock[] {
  if (incident.state === 'merged') return [];
  const firing = firingAlerts(incident);
  if (firing.length === 0) {
    return incident.alerts.length === 0
      ? []
      : richText(
          line(
            words(`No alert fires any more; ${counted(incident.alerts.length + incident.alertsLeft, 'alert')} did.`),
          ),
        );
  }
  const byName = Map.groupBy(firing, ({ name }) => name);
  const shown = [...byName].slice(0, mostAlerts);
  const left = byName.size - shown.length;
  return richText(
    line(
      bold(
        `${counted(firing.length + incident.alertsLeft, 'alert')} ${firing.length + incident.alertsLeft === 1 ? 'fires' : 'fire'}`,
      ),
    ),
    list(
      shown.map(([name, group]) =>
        line(
          code(name, 100),
          group.length > 1 ? words(` × ${group.length}`) : undefined,
          words(alertExample(group), 220),
        ),
      ),
    ),
    left > 0 ? line(italic(`and ${left} more by other names`)) : undefined,
  );
}

function incidentButtons(incident: Incident): readonly KnownBlock[] {
  const { id, state, commander, acknowledged } = incident;
  if (!isOngoing(incident)) {
    return buttons(
      state === 'resolved' ? button(actionIds.postMortem, 'Post-mortem draft', id) : undefined,
      state === 'merged' ? undefined : button(actionIds.update, 'Add to timeline', id),
    );
  }
  return buttons(
    acknowledged === undefined ? button(actionIds.acknowledge, 'Acknowledge', id, { style: 'primary' }) : undefined,
    button(
      actionIds.assignMe,
      commander === undefined ? 'Assign me' : 'Take over',
      id,
      commander === undefined
        ? {}
        : { confirm: confirmation('Take over?', `${commander.name} commands this incident now.`, 'Take over') },
    ),
    button(actionIds.severity, 'Severity', id),
    button(actionIds.update, 'Update', id),
    button(actionIds.resolve, 'Resolve', id),
  );
}

function taskParts({ tasks }: Incident): readonly Part[] {
  const open = tasks.filter(({ done }) => !done);
  if (open.length === 0) return [];
  return [
    ifRoom(
      'list of tasks',
      richText(
        line(bold('To do')),
        list(open.slice(0, 10).map(({ number, text }) => line(words(`${number}. ${text}`, 200)))),
      ),
    ),
  ];
}

/** The first message of an incident's thread: where it stands now, changed in place. */
export function incidentCard(incident: Incident, { cluster }: IncidentCardView): SlackMessage {
  const { id, title, severity, state } = incident;
  return message(
    `${stateMarks[state]} ${severityWords[severity]} ${stateWords[state].toLowerCase()}: ${mrkdwn(title, 200)}`,
    [
      always([header(title), ...standing(incident, cluster), ...roles(incident), ...attention(incident)]),
      ifRoom('list of causes', causes(incident)),
      ifRoom('list of alerts', alertLines(incident)),
      ...taskParts(incident),
      always([...incidentButtons(incident), ...smallPrint(id)]),
    ],
    `/incident show ${id} has them.`,
  );
}
