import type { AgentClient } from '@autodevops/agentd/client';
import type { KnownBlock } from '@slack/types';
import { listed } from '@autodevops/domain/count-words';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { actionIds } from '../action-ids.ts';
import { button, buttons } from '../blocks/buttons.ts';
import { header, smallPrint } from '../blocks/plain-blocks.ts';
import { tableBlocks } from '../blocks/table-block.ts';
import { always, ifRoom, message } from '../budget/message.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { bold, line, list, richText, sentence } from '../text/rich-text.ts';

export type Meaning = Awaited<ReturnType<AgentClient['meaning']>>;
type Entry = NonNullable<Meaning['entry']>;

function page({ code, title, severity, means, recognised, nextSteps, avoid }: Entry): readonly KnownBlock[] {
  return [
    header(title),
    ...richText(
      line(...sentence(means, 1500)),
      line(bold('How it is recognised')),
      line(...sentence(recognised, 1500)),
      nextSteps.length === 0 ? undefined : line(bold('What to do')),
      list(nextSteps.map((step) => line(...sentence(step)))),
      avoid.length === 0 ? undefined : line(bold('What not to do')),
      list(avoid.map((step) => line(...sentence(step)))),
    ),
    ...smallPrint(`${code} · ${severity}`),
  ];
}

/** What a code or a word of Kubernetes means. */
export function meaningMessage(word: string, { entry, says, related, near }: Meaning, share?: string): SlackMessage {
  const shareRow = always(buttons(button(actionIds.share, 'Share with the channel', share)));
  if (entry !== undefined) return message(mrkdwn(entry.title, 200), [always(page(entry)), shareRow]);
  const isUnknown = says === '' && related.length === 0;
  const known = isUnknown
    ? `I know no code and no word "${word}".`
    : says === ''
      ? `${word} has to do with these codes.`
      : says;
  return message(mrkdwn(known, 300), [
    always(
      richText(
        line(bold(known, 600)),
        near.length === 0 ? undefined : line(...sentence(`Did you mean ${listed(near, 5)}?`)),
        isUnknown && near.length === 0
          ? line(
              ...sentence(
                'Codes stand beneath each cause, such as `pod.image.not-found`; words are those of Kubernetes.',
              ),
            )
          : undefined,
      ),
    ),
    ...(related.length === 0
      ? []
      : [
          ifRoom(
            'table',
            tableBlocks({ columns: ['code', 'what'], rows: related.map(({ code, title }) => [code, title]) }),
          ),
        ]),
    always(related.length === 0 ? [] : smallPrint('/jamie explain CODE tells more of one.')),
    shareRow,
  ]);
}
