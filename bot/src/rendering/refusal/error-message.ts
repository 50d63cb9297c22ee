import { AutoDevOpsError } from '@autodevops/domain/errors';
import { redact } from '@autodevops/domain/redact';
import { smallPrint } from '../blocks/plain-blocks.ts';
import { always, message } from '../budget/message.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { remedyInSlack } from '../text/names-in-slack.ts';
import { bold, line, richText, sentence } from '../text/rich-text.ts';

/**
 * What went wrong, for the one who asked: what happened, what to do, and a reference by which the log tells more. Of an
 * error that is not ours nothing is told but the reference.
 */
export function errorMessage(error: unknown, reference: string): SlackMessage {
  const isOurs = error instanceof AutoDevOpsError;
  const what = isOurs ? redact(error.message) : 'Something unexpected happened here.';
  const remedy = isOurs
    ? redact(remedyInSlack(error))
    : 'Try again; if it happens again, tell who runs this bot the reference.';
  return message(mrkdwn(what, 300), [
    always([
      ...richText(line(bold(what, 1000)), remedy === '' ? undefined : line(...sentence(remedy, 1000))),
      ...smallPrint(`Reference ${reference}${isOurs ? ` · ${error.code}` : ''}`),
    ]),
  ]);
}
