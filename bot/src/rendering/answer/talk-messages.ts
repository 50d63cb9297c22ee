import type { SlackMessage } from '../../slack/slack-api.ts';
import { always, message } from '../budget/message.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { bold, code, line, list, richText, words } from '../text/rich-text.ts';

/** What one can say to the bot in a thread. */
export function talkHelp(): SlackMessage {
  return message('What you can ask me', [
    always(
      richText(
        line(bold('Ask me in plain words, for example')),
        list([
          line(words('what is wrong?')),
          line(words('why is web failing?')),
          line(words('what changed in the last hour?')),
          line(words('who uses config map settings?')),
          line(words('and its logs? is it better now?')),
        ]),
        line(
          words('In the thread of an incident, '),
          code('timeline: what happened'),
          words(' keeps it. Commands: '),
          code('/jamie help'),
          words(', '),
          code('/scarlet help'),
          words(', '),
          code('/incident help'),
          words('.'),
        ),
      ),
    ),
  ]);
}

export function timelineNoted(title: string): SlackMessage {
  return message(`It is in the timeline of ${mrkdwn(title, 200)}.`, [
    always(richText(line(words('It is in the timeline of '), bold(title, 200), words('.')))),
  ]);
}

export function answerStopped(): SlackMessage {
  return message('Stopped, as you wished.', [
    always(richText(line(words('Stopped, as you wished. Ask again whenever you like.')))),
  ]);
}

export function noIncidentHere(): SlackMessage {
  return message('This thread belongs to no incident.', [
    always(
      richText(
        line(
          bold('This thread belongs to no incident.'),
          words(' Write it in the thread of one, or choose one by the menu of the message: '),
          code('Add to timeline'),
          words('.'),
        ),
      ),
    ),
  ]);
}
