import { isOngoing } from '@autodevops/domain/incident/incident';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { IncidentCause } from '@autodevops/domain/incident/incident-event';
import { refText } from '@autodevops/domain/object-ref';
import type { KnownBlock } from '@slack/types';
import { actionIds } from '../action-ids.ts';
import { button, buttons } from '../blocks/buttons.ts';
import { always, ifRoom, message } from '../budget/message.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { beginningLine } from '../diagnosis/beginning-line.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { bold, code, italic, line, list, richText, sentence, when, words } from '../text/rich-text.ts';
import type { Piece } from '../text/rich-text.ts';
import { panelBlocks } from './panel-links.ts';
import { presentCauses } from './incident-words.ts';

/** A cause's key holds names of objects: buttons carry the incident and the place of the cause in its list of all causes ever seen. */
export function causeValue(
  { id, causesSeen }: Pick<Incident, 'id' | 'causesSeen'>,
  { key }: Pick<IncidentCause, 'key'>,
): string | undefined {
  const place = causesSeen.indexOf(key);
  return place === -1 ? undefined : `${id} ${place}`;
}

/** The incident and the key of the cause's place in `causesSeen`; undefined when it is not from a button of this version. */
export function readCauseValue(value: string): { readonly id: string; readonly place: number } | undefined {
  const [, id, place] = /^(inc-[a-z0-9]{6,32}) (\d{1,4})$/.exec(value) ?? [];
  return id === undefined ? undefined : { id, place: Number(place) };
}

/** What the button says; undefined while what Scarlet proposed of herself waits or is at work: its card stands below. */
function proposing({ fixes = [], timeline }: Incident, { key }: IncidentCause): string | undefined {
  const change = fixes.find(({ cause }) => cause === key)?.change ?? '';
  if (change === '') return 'Propose a fix';
  return timeline.some(({ type, says }) => type === 'change-ended' && says.startsWith(`${change} `))
    ? 'Propose again'
    : undefined;
}

function causeBlocks(incident: Incident, cause: IncidentCause): readonly KnownBlock[] {
  const isGone = incident.goneCauses.includes(cause.key);
  const value = isGone || !isOngoing(incident) ? undefined : causeValue(incident, cause);
  const label = proposing(incident, cause);
  return [
    ...richText(
      line(
        bold(cause.title),
        words(' · '),
        code(refText(cause.object)),
        isGone ? italic(' no longer seen') : undefined,
      ),
      line(
        words(cause.cause, 1000),
        cause.confidence === 'high' ? undefined : italic(` (${cause.confidence} confidence)`),
      ),
      beginningLine(cause),
      when(cause.since) === undefined ? undefined : line(bold('Since: '), when(cause.since)),
      cause.impact === '' ? undefined : line(bold('Impact: '), words(cause.impact)),
      cause.nextSteps.length === 0 ? undefined : line(bold('Next')),
      list(cause.nextSteps.slice(0, 3).map((step) => line(...sentence(step)))),
    ),
    ...buttons(
      label === undefined ? undefined : button(actionIds.runFix, label, value),
      button(actionIds.showEvidence, 'Show evidence', value),
    ),
  ];
}

/** Of one cause alone its own sentence says it. */
function opening({ causes: [only, ...others] }: Incident, headline: string): string {
  return only !== undefined && others.length === 0 && headline.includes(only.cause) ? 'I know why.' : headline;
}

/** A sentence about herself needs her name no second time. */
function saidByJamie(says: string): readonly Piece[] {
  return says.startsWith('Jamie ')
    ? [bold('Jamie'), words(says.slice('Jamie'.length), 600)]
    : [bold('Jamie: '), words(says, 600)];
}

/** What Jamie found, in the thread, changed in place when she sees more. */
export function incidentFindings(incident: Incident): SlackMessage {
  const { summary, causes } = incident;
  const present = presentCauses(incident);
  const headline =
    causes.length === 0
      ? summary === ''
        ? 'Jamie is looking at the cluster.'
        : summary
      : present.length === 0
        ? 'What Jamie saw is no longer seen.'
        : summary === ''
          ? 'Jamie sees why.'
          : summary;
  return message(
    mrkdwn(headline, 300),
    [
      always(richText(line(...saidByJamie(opening(incident, headline))))),
      ...[...present, ...causes.filter((cause) => !present.includes(cause))].map((cause) =>
        ifRoom('cause', causeBlocks(incident, cause)),
      ),
      always(panelBlocks(incident)),
      always(
        causes.length === 0 && summary !== ''
          ? richText(line(italic('No cause is known yet. Jamie keeps looking; mention me in this thread to ask.')))
          : [],
      ),
    ],
    `/incident show ${incident.id} has them.`,
  );
}
