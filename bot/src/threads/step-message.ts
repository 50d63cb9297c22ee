import type { KnownBlock } from '@slack/types';
import type { Incident, TimelineRow } from '@autodevops/domain/incident/incident';
import { actionIds } from '../rendering/action-ids.ts';
import { button, buttons } from '../rendering/blocks/buttons.ts';
import type { Part } from '../rendering/budget/fit.ts';
import { always, message } from '../rendering/budget/message.ts';
import { incidentTimes } from '../rendering/incident/incident-times.ts';
import { stateMarks, stateWords } from '../rendering/incident/incident-words.ts';
import { saidBy } from '../rendering/incident/said-by.ts';
import { timelineParts } from '../rendering/incident/timeline-message.ts';
import { mrkdwn } from '../rendering/text/mrkdwn.ts';
import { bold, code, line, richText, words } from '../rendering/text/rich-text.ts';
import type { SlackMessage } from '../slack/slack-api.ts';

/** Rows of the timeline in the message that tells of the end. */
const mostRows = 20;

function heading({ state, returns, mergedInto }: Incident): string {
  if (state === 'open' && returns > 0) return 'Opened again';
  return state === 'merged' ? `Part of ${mergedInto} from now on` : stateWords[state];
}

/** By which entries of the timeline an incident comes to a state. */
const bringing: Readonly<Record<Incident['state'], readonly string[]>> = {
  open: ['opened', 'reopened'],
  investigating: ['acknowledged', 'assigned', 'state-set'],
  mitigating: ['state-set'],
  monitoring: ['state-set'],
  resolved: ['resolved'],
  reviewed: ['reviewed'],
  merged: ['merged'],
};

/** What was written down of the change, with who said it. */
function rowOf({ timeline, state }: Incident): TimelineRow | undefined {
  return timeline.findLast(({ type }) => bringing[state].includes(type));
}

/** Without the state once more: it stands before the row. */
function wordsOfRow({ says }: TimelineRow, state: string): string {
  return says.startsWith(`${state}: `) ? says.slice(state.length + 2) : says;
}

function metricsLine({ metrics }: Incident): readonly KnownBlock[] {
  const said = incidentTimes(metrics);
  return said.length === 0 ? [] : richText(line(words(said.join(' · '))));
}

/** One real change of state in the thread: what it is now, who said so; at the end also the timeline and the way to a post-mortem. */
export function stepMessage(incident: Incident, linkToOther: string): SlackMessage {
  const { id, state, mergedInto } = incident;
  const says = heading(incident);
  const row = rowOf(incident);
  const head = richText(
    line(
      bold(`${stateMarks[state]} ${says}`),
      ...(row === undefined ? [] : [words(' · '), ...saidBy({ source: row.source, says: wordsOfRow(row, says) }, 600)]),
    ),
  );
  const parts: Part[] = [always(head)];
  if (state === 'resolved') {
    parts.push(
      always(metricsLine(incident)),
      ...timelineParts(incident, mostRows),
      always(buttons(button(actionIds.postMortem, 'Post-mortem draft', id))),
    );
  }
  if (state === 'merged') {
    parts.push(
      always(richText(line(words('It goes on in the thread of '), code(mergedInto), words('.')))),
      always(
        linkToOther === '' ? [] : [{ type: 'section', text: { type: 'mrkdwn', text: `<${linkToOther}|Go there>` } }],
      ),
    );
  }
  return message(
    `${stateMarks[state]} ${mrkdwn(says, 100)}: ${mrkdwn(incident.title, 200)}`,
    parts,
    `/incident timeline ${id} has them.`,
  );
}
