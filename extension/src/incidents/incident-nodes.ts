import { isOngoing } from '@autodevops/domain/incident/incident';
import type { IncidentState } from '@autodevops/domain/incident/incident';
import { oneLine, printable } from '@autodevops/domain/printable';
import type { Icon } from '../contributions/icons.ts';
import { t } from '../language/translate.ts';
import type { Tint, TreeNode } from '../tree/node.ts';
import type { IncidentLine, IncidentsState } from './incidents-feed.ts';

const looks: Readonly<Record<IncidentState, readonly [Icon, Tint]>> = {
  open: ['megaphone', 'error'],
  investigating: ['search', 'error'],
  mitigating: ['wrench', 'warning'],
  monitoring: ['watch', 'warning'],
  resolved: ['pass', 'good'],
  reviewed: ['verified', 'quiet'],
  merged: ['discard', 'quiet'],
};

function detail(id: string, label: string, icon: Icon): readonly TreeNode[] {
  return label === '' ? [] : [{ id, label, tooltip: [label], icon, kinds: [] }];
}

/** Whom an escalation told, who of them has not answered, who took it up. */
function attention({ id, acknowledged, escalation, silence, updateDueSince }: IncidentLine): readonly TreeNode[] {
  const waiting = (escalation?.told ?? []).filter(({ answeredAt }) => answeredAt === '').map(({ to }) => to.name);
  return [
    ...detail(
      `incident/${id}/acknowledged`,
      acknowledged === undefined ? '' : t('Taken up by {0}', oneLine(acknowledged.by.name, 100)),
      'check',
    ),
    ...detail(
      `incident/${id}/waiting`,
      acknowledged !== undefined || waiting.length === 0
        ? ''
        : t('No answer from {0}', oneLine(waiting.join(', '), 200)),
      'bell',
    ),
    ...detail(
      `incident/${id}/silence`,
      silence === undefined ? '' : t('Silent until {0}', silence.until),
      'circle-slash',
    ),
    ...detail(
      `incident/${id}/due`,
      updateDueSince === undefined ? '' : t('A status update is due since {0}', updateDueSince),
      'watch',
    ),
  ];
}

function details(line: IncidentLine): readonly TreeNode[] {
  const { id, summary, commander, firing, returns } = line;
  return [
    ...detail(`incident/${id}/summary`, printable(summary), 'pulse'),
    ...detail(
      `incident/${id}/commander`,
      commander === undefined ? '' : t('Commander: {0}', oneLine(commander.name, 100)),
      'account',
    ),
    ...attention(line),
    ...detail(
      `incident/${id}/firing`,
      firing === 0 ? '' : firing === 1 ? t('1 alert fires') : t('{0} alerts fire', firing),
      'bell',
    ),
    ...detail(
      `incident/${id}/returns`,
      returns === 0 ? '' : returns === 1 ? t('Came back once') : t('Came back {0} times', returns),
      'history',
    ),
  ];
}

function incidentNode(line: IncidentLine): TreeNode {
  const { id, state, title, severity, openedAt, summary } = line;
  const [icon, tint] = looks[state];
  const named = oneLine(title, 160);
  return {
    id: `incident/${id}`,
    label: named,
    description: `${severity} · ${state}`,
    tooltip: [printable(title), printable(summary), id, openedAt].filter((one) => one !== ''),
    icon,
    tint,
    kinds: [
      'incident',
      ...(isOngoing(line) ? ['ongoingIncident' as const] : []),
      ...(state === 'open' ? ['openIncident' as const] : []),
    ],
    subject: { type: 'incident', id },
    opens: 'autodevops.incident.show',
    spoken: t('{0}, {1}, {2}', named, severity, state),
    children: () => details(line),
  };
}

function group(
  id: string,
  label: string,
  lines: readonly IncidentLine[],
  icon: Icon,
  expanded: boolean,
): readonly TreeNode[] {
  return lines.length === 0
    ? []
    : [
        {
          id: `group/${id}`,
          label,
          description: String(lines.length),
          icon,
          kinds: [],
          expanded,
          children: () => lines.map(incidentNode),
        },
      ];
}

export function ongoingLines(state: IncidentsState): readonly IncidentLine[] {
  return state.kind === 'known' ? state.lines.filter(isOngoing) : [];
}

/** What the view *Incidents* shows. */
export function incidentNodes(state: IncidentsState): readonly TreeNode[] {
  if (state.kind !== 'known') return [];
  const ongoing = ongoingLines(state);
  return [
    ...group('ongoing', t('Ongoing'), ongoing, 'megaphone', true),
    ...group(
      'over',
      t('Over'),
      state.lines.filter((line) => !isOngoing(line)),
      'history',
      ongoing.length === 0,
    ),
  ];
}
