import type { Incident } from '@autodevops/domain/incident/incident';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { actionIds } from '../action-ids.ts';
import { button, buttons } from '../blocks/buttons.ts';
import { smallPrint } from '../blocks/plain-blocks.ts';
import { always, message } from '../budget/message.ts';
import type { LongText } from '../files/long-text.ts';
import { codePoints } from '../text/code-points.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { bold, code, line, list, preformatted, richText, words } from '../text/rich-text.ts';
import { incidentTimes } from './incident-times.ts';

/** As much of a draft as leaves room beside it; JSON writes some characters with two. */
const most = 6000;

/** The whole draft, as a Markdown file. */
export function postMortemFile(id: string, markdown: string): LongText {
  return { name: `postmortem-${id}.md`, title: `Post-mortem of ${id}, a draft`, text: markdown };
}

/** Its numbers, beside the file. */
export function postMortemNumbers(incident: Incident): SlackMessage {
  const { title, metrics } = incident;
  return message(`Post-mortem draft: ${mrkdwn(title, 200)}`, [
    always(
      richText(
        line(bold('Post-mortem draft: '), words(title, 200)),
        list(incidentTimes(metrics).map((time) => line(words(time)))),
        line(
          words(
            'The file holds the timeline, the impact, the causes and room for what you learned. People write the rest.',
          ),
        ),
      ),
    ),
  ]);
}

/** The beginning of a draft as it is written, Markdown and all. */
export function postMortemMessage(
  id: string,
  markdown: string,
  { share }: { readonly share?: string } = {},
): SlackMessage {
  const isCut = codePoints(markdown) > most;
  return message(`Post-mortem of ${id}, a draft`, [
    always([
      ...richText(line(bold('Post-mortem of '), code(id), bold(', a draft')), preformatted(markdown, most)),
      ...smallPrint(isCut ? `The rest is left out: /incident postmortem ${id} --file has all of it.` : ''),
      ...buttons(button(actionIds.share, 'Share with the channel', share)),
    ]),
  ]);
}
