import type { Incident } from '@autodevops/domain/incident/incident';
import { refText } from '@autodevops/domain/object-ref';
import { printable } from '@autodevops/domain/printable';
import { t } from '../language/translate.ts';
import { section, textOf } from './lines.ts';

const mostAlerts = 50;

function alertLines({ alerts, alertsLeft }: Incident): readonly string[] {
  const left = Math.max(0, alerts.length - mostAlerts) + alertsLeft;
  return [
    ...alerts
      .slice(0, mostAlerts)
      .map(({ name, state, summary }) => `${name} (${state})${summary === '' ? '' : `: ${summary}`}`),
    ...(left === 0 ? [] : [t('and {0} more', left)]),
  ];
}

function peopleLines({ commander, communicator, responders, acknowledged, escalation }: Incident): readonly string[] {
  return [
    ...(acknowledged === undefined ? [] : [t('Taken up by {0}', acknowledged.by.name)]),
    ...(commander === undefined ? [] : [t('Commander: {0}', commander.name)]),
    ...(communicator === undefined ? [] : [t('Communicator: {0}', communicator.name)]),
    ...responders.map(({ name }) => t('Helps: {0}', name)),
    ...(escalation?.told ?? []).map(({ to, answeredAt }) =>
      answeredAt === '' ? t('Told, no answer: {0}', to.name) : t('Told, answered: {0}', to.name),
    ),
  ];
}

/** One incident, whole. */
export function incidentText(incident: Incident): string {
  const {
    id,
    title,
    state,
    severity,
    openedAt,
    summary,
    causes,
    goneCauses,
    services = [],
    customers,
    silence,
    updateDueSince,
    tasks,
    links,
    timeline,
  } = incident;
  return textOf([
    `${id} · ${state} · ${severity}`,
    printable(title),
    printable(summary),
    ...(silence === undefined ? [] : [t('Silent until {0}', silence.until)]),
    ...(updateDueSince === undefined ? [] : [t('A status update is due since {0}', updateDueSince)]),
    ...section(
      t('Causes'),
      causes.map(
        ({ key, object, cause }) =>
          `${refText(object)}: ${cause}${goneCauses.includes(key) ? ` ${t('No longer seen.')}` : ''}`,
      ),
    ),
    ...section(t('Alerts'), alertLines(incident)),
    ...section(t('People'), peopleLines(incident)),
    ...section(t('Affected'), services),
    ...section(t('For customers'), customers === undefined ? [] : [customers.says]),
    ...section(t('Tasks and links'), [
      ...tasks.map(({ number, text, done }) => `${number}. ${text}${done ? ` (${t('done')})` : ''}`),
      ...links.map(({ title: named, target }) => (named === '' ? target : `${named}: ${target}`)),
    ]),
    ...section(
      t('Timeline'),
      timeline.map(({ time, source, says }) => `${time} ${source}: ${says}`),
    ),
    '',
    t('Opened at {0}', openedAt),
  ]);
}
