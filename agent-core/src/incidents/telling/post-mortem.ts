import type { Change } from '@autodevops/domain/change/change';
import type { Incident, IncidentMetrics } from '@autodevops/domain/incident/incident';
import { markdownText } from '@autodevops/domain/markdown-text';
import { refText } from '@autodevops/domain/object-ref';
import { timelineWith } from '../fixing/change-rows.ts';
import { utcTime } from './utc-time.ts';

function spanText(seconds: number): string {
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const;
  let left = seconds;
  const parts = units.flatMap(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0 ? [] : [`${count} ${unit}`];
  });
  return parts.slice(0, 2).join(' ') || 'less than a second';
}

const namesOfTimes: readonly (readonly [keyof IncidentMetrics, string])[] = [
  ['toAcknowledge', 'Time to acknowledge'],
  ['toCause', 'Time to cause'],
  ['toMitigate', 'Time to mitigate'],
  ['toResolve', 'Time to resolve'],
];

function facts({
  id,
  severity,
  state,
  openedAt,
  resolvedAt,
  commander,
  communicator,
  responders,
  returns,
  metrics,
  acknowledged,
  escalation,
  services = [],
}: Incident): readonly string[] {
  const told = (escalation?.told ?? []).map(
    ({ to, answeredAt }) => `${to.name}${answeredAt === '' ? ' (no answer)' : ''}`,
  );
  const people = [
    commander === undefined ? undefined : `${commander.name} (commander)`,
    communicator === undefined ? undefined : `${communicator.name} (communicator)`,
    ...responders.map(({ name }) => name),
  ].filter((one) => one !== undefined);
  const rows = [
    ['Severity', severity],
    ['State', state],
    ['Opened', utcTime(openedAt)],
    ['Resolved', resolvedAt === '' ? 'not yet' : utcTime(resolvedAt)],
    ...(returns > 0 ? [['Came back', returns === 1 ? 'once' : `${returns} times`]] : []),
    ['People', people.join(', ') || 'nobody took a role'],
    ...(acknowledged === undefined ? [] : [['Taken up by', acknowledged.by.name]]),
    ...(told.length === 0 ? [] : [['Told', told.join(', ')]]),
    ...(services.length === 0 ? [] : [['Affected', services.join(', ')]]),
    ...namesOfTimes.map(([key, name]) => [name, metrics[key] === undefined ? 'unknown' : spanText(metrics[key])]),
  ];
  return [
    `| Incident | ${markdownText(id)} |`,
    '|---|---|',
    ...rows.map(([name = '', value = '']) => `| ${name} | ${markdownText(value)} |`),
  ];
}

function impact({ causes, alerts, alertsLeft }: Incident): readonly string[] {
  const noticed = causes.filter((cause) => cause.impact !== '').map((cause) => `- ${markdownText(cause.impact)}`);
  const count = alerts.length + alertsLeft;
  const told =
    count === 0
      ? []
      : [
          `- ${count} ${count === 1 ? 'alert' : 'alerts'}: ${markdownText([...new Set(alerts.map(({ name }) => name))].slice(0, 20).join(', '))}`,
        ];
  return noticed.length + told.length === 0
    ? ['_Who noticed, how many, for how long?_']
    : [...noticed, ...told, '', '_How many people noticed, and for how long?_'];
}

/** Those of the last look, whole; of those that were seen before, by what they are known. */
function causeLines({ causes, causesSeen }: Incident): readonly string[] {
  if (causesSeen.length === 0) return ['_Jamie saw no cause. What was it?_'];
  const earlier = causesSeen.filter((key) => !causes.some((cause) => cause.key === key));
  return [
    ...causes.flatMap(({ code, object, cause, began, beganAt, confidence }) => [
      `- **${markdownText(refText(object))}** (${markdownText(code)}, ${confidence} confidence): ${markdownText(cause)}`,
      ...(began === ''
        ? []
        : [
            `  ${markdownText(began)}${beganAt === undefined ? '' : ` That was at ${markdownText(utcTime(beganAt))}.`}`,
          ]),
    ]),
    ...earlier.map(
      (key) =>
        `- ${markdownText(key)}: seen earlier, and not at the last look. The timeline has what Jamie said of it.`,
    ),
  ];
}

/** What the numbers say for themselves; the rest is for those who were there. */
function wentWell({ metrics, returns }: Incident): readonly string[] {
  const said = [
    ...(metrics.toCause === undefined
      ? []
      : [`- A cause was known ${spanText(metrics.toCause)} after the incident was opened.`]),
    ...(metrics.toAcknowledge === undefined ? [] : [`- Somebody took it up after ${spanText(metrics.toAcknowledge)}.`]),
    ...(metrics.toResolve !== undefined && returns === 0 ? ['- It did not come back.'] : []),
  ];
  return [...said, '', '_What else went well? What did not? Where were we lucky?_'];
}

function actionLines({ tasks, causes, links }: Incident): readonly string[] {
  const steps = causes[0]?.nextSteps ?? [];
  return [
    ...tasks.map(({ text, done }) => `- [${done ? 'x' : ' '}] ${markdownText(text)}`),
    ...steps.map((step) => `- [ ] ${markdownText(step)}`),
    ...links.map(({ title, target }) => `- ${markdownText(title === '' ? target : `${target}: ${title}`)}`),
    ...(tasks.length + steps.length + links.length === 0 ? ['- [ ] _What keeps it from happening again?_'] : []),
  ];
}

function timelineRows(incident: Incident, changes: readonly Change[]): readonly string[] {
  return timelineWith(incident, changes).map(
    ({ time, source, says }) => `| ${markdownText(utcTime(time))} | ${markdownText(source)} | ${markdownText(says)} |`,
  );
}

/** A draft of the post-mortem as Markdown: what is known is written down, what only people know is asked for in italics. */
export function postMortem(incident: Incident, changes: readonly Change[]): string {
  return [
    `# ${markdownText(incident.title)}`,
    '',
    ...facts(incident),
    '',
    ...(incident.mergedInto === '' ? [] : [`Part of ${markdownText(incident.mergedInto)}.`, '']),
    '## Impact',
    '',
    ...impact(incident),
    '',
    '## Cause',
    '',
    ...causeLines(incident),
    '',
    '## Timeline',
    '',
    '| time | source | what |',
    '|---|---|---|',
    ...timelineRows(incident, changes),
    '',
    '## What went well',
    '',
    ...wentWell(incident),
    '',
    '## Actions',
    '',
    ...actionLines(incident),
    '',
  ].join('\n');
}
