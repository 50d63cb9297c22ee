import { counted } from '@autodevops/domain/count-words';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { always, ifRoom, message } from '../budget/message.ts';
import { bold, line, richText, words } from '../text/rich-text.ts';

/** One thing that was looked at. `remedy`: what to do; empty where there is nothing to do. */
export interface Check {
  readonly name: string;
  readonly isWell: boolean;
  readonly says: string;
  readonly remedy: string;
}

/** What works and what does not. */
export function doctorMessage(customer: string, checks: readonly Check[]): SlackMessage {
  const failed = checks.filter(({ isWell }) => !isWell).length;
  const heading =
    failed === 0 ? 'Everything that I looked at works.' : `${counted(failed, 'thing needs', 'things need')} attention.`;
  return message(heading, [
    always(richText(line(bold(heading), words(` Customer ${customer}.`)))),
    ...checks.map(({ name, isWell, says, remedy }) =>
      ifRoom(
        'check',
        richText(
          line(
            words(isWell ? '✅ ' : '🔴 '),
            bold(name),
            words(': '),
            words(says, 400),
            words(remedy === '' ? '' : ` ${remedy}`, 300),
          ),
        ),
      ),
    ),
  ]);
}
