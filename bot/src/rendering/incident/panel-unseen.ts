import type { SlackMessage } from '../../slack/slack-api.ts';
import { always, message } from '../budget/message.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { line, linkTo, richText, words } from '../text/rich-text.ts';

/** A panel of which Grafana draws no picture. */
export function panelUnseen({ title, link }: { readonly title: string; readonly link: string }): SlackMessage {
  return message(`There is no picture of ${mrkdwn(title, 100)}.`, [
    always(
      richText(
        line(words('Grafana has no renderer, so there is no picture. See it there: '), linkTo(link, title), words('.')),
      ),
    ),
  ]);
}
