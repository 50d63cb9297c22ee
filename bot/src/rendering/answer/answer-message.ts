import type { Answer } from '@autodevops/domain/answer';
import { listed } from '@autodevops/domain/count-words';
import { linesToldBy } from '@autodevops/domain/remedy/told-lines';
import { actionIds } from '../action-ids.ts';
import { button, buttons } from '../blocks/buttons.ts';
import { smallPrint } from '../blocks/plain-blocks.ts';
import { tableBlocks } from '../blocks/table-block.ts';
import { always, ifRoom, message } from '../budget/message.ts';
import { blindSpotParts } from '../diagnosis/blind-spots.ts';
import { causeParts } from '../diagnosis/cause-parts.ts';
import type { DiagnosisView } from '../diagnosis/diagnosis-message.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { lineGroups } from './line-groups.ts';
import { remedyInSlack } from '../text/names-in-slack.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { bold, line, list, preformatted, richText, sentence, words } from '../text/rich-text.ts';

const mostQuoted = 3000;

function suggestions({ outcome, suggestions: given }: Answer): ReturnType<typeof richText> {
  if (given.length === 0) return [];
  if (outcome === 'no-such-name') return richText(line(words(`Did you mean ${listed(given, 5)}?`)));
  return richText(
    line(words('What I can answer, for example:')),
    list(given.slice(0, 8).map((text) => line(words(text)))),
  );
}

/** An answer to a question in plain words. */
export function answerMessage(answer: Answer, view: DiagnosisView = {}): SlackMessage {
  const { understood, headline, table, causes, blindSpots } = answer;
  return message(
    mrkdwn(headline, 300),
    [
      always([
        ...(understood === undefined ? [] : smallPrint(`Taken as: ${understood}`)),
        ...richText(line(bold(headline, 600))),
      ]),
      ...lineGroups(linesToldBy(remedyInSlack, answer)).map(({ kind, text }) =>
        kind === 'quoted'
          ? ifRoom('quotation', richText(preformatted(text, mostQuoted)))
          : ifRoom('sentence', richText(line(...sentence(text, 1000)))),
      ),
      ...(table === undefined ? [] : [ifRoom('table', tableBlocks(table))]),
      ...causes.map((cause, index) => ({ ...cause, rank: index + 1 })).flatMap((cause) => causeParts(cause, view, 1)),
      always(suggestions(answer)),
      ...blindSpotParts(blindSpots),
      always(buttons(button(actionIds.share, 'Share with the channel', view.share))),
    ],
    'autodevops ask in a terminal shows the rest.',
  );
}
