import type { KnownBlock } from '@slack/types';
import { listed } from '@autodevops/domain/count-words';
import type { Incident } from '@autodevops/domain/incident/incident';
import { actionIds } from '../rendering/action-ids.ts';
import { button, buttons } from '../rendering/blocks/buttons.ts';
import { always, message } from '../rendering/budget/message.ts';
import { mrkdwn } from '../rendering/text/mrkdwn.ts';
import { bold, line, richText, when, words } from '../rendering/text/rich-text.ts';
import type { SlackMessage } from '../slack/slack-api.ts';
import { mentionOf } from './slack-account.ts';

/** A line that calls people. Mentions are made of checked ids, never of foreign text. */
function calling(mentions: readonly string[], says: string): readonly KnownBlock[] {
  const whom = mentions.filter((mention) => mention !== '');
  return whom.length === 0 ? [] : [{ type: 'section', text: { type: 'mrkdwn', text: `${whom.join(' ')} ${says}` } }];
}

/** Who was told because nobody took an incident up, and who of them has not answered; afterwards, who took it up. */
export function callMessage(incident: Incident): SlackMessage {
  const { id, title, state, acknowledged, ongoingSince, openedAt, escalation } = incident;
  const since = ongoingSince ?? openedAt;
  const told = escalation?.told ?? [];
  if (state !== 'open') {
    const by = acknowledged === undefined ? 'It was taken up.' : `${acknowledged.by.name} took it up.`;
    return message(`Nobody had answered. ${mrkdwn(by, 150)}`, [
      always(richText(line(words('Nobody had answered since '), when(since), words('. '), bold(by, 150)))),
    ]);
  }
  const silent = told.filter(({ answeredAt }) => answeredAt === '').map(({ to }) => to);
  const mentions = silent.map(({ account }) => mentionOf(account));
  const others = silent.filter(({ account }) => mentionOf(account) === '').map(({ name }) => name);
  return message(`Nobody has taken this up: ${mrkdwn(title, 200)} ${mentions.join(' ')}`.trim(), [
    always(
      richText(
        line(bold('📣 Nobody has taken this up'), words(' since '), when(since), words('.')),
        others.length === 0 ? undefined : line(words(`Told and not answered: ${listed(others, 10)}.`)),
        told.length === 0 ? line(words('Nobody was found who is on call.')) : undefined,
      ),
    ),
    always(calling(mentions, 'please look, or assign somebody.')),
    always(
      buttons(
        button(actionIds.acknowledge, 'Acknowledge', id, { style: 'primary' }),
        button(actionIds.assignMe, 'Assign me', id),
      ),
    ),
  ]);
}

/** That a status update is due; afterwards, that somebody said how it stands. */
export function reminderMessage({ id, commander, communicator, lastWordAt, updateDueSince }: Incident): SlackMessage {
  const person = communicator ?? commander;
  if (updateDueSince === undefined) {
    return message('Somebody said how it stands.', [
      always(
        richText(line(words('An update was due; somebody said how it stands '), when(lastWordAt ?? ''), words('.'))),
      ),
    ]);
  }
  return message(`An update is due ${person === undefined ? '' : mentionOf(person.account)}`.trim(), [
    always(
      richText(
        line(
          bold('🕑 Nobody has said how it stands'),
          words(' since '),
          when(lastWordAt ?? updateDueSince),
          words('.'),
          person === undefined ? undefined : words(` ${person.name} looks after it.`, 150),
        ),
      ),
    ),
    always(calling(person === undefined ? [] : [mentionOf(person.account)], 'how does it stand?')),
    always(buttons(button(actionIds.update, 'Update', id))),
  ]);
}

export function awayMessage(customer: string, since: string, until: string): SlackMessage {
  if (until !== '') {
    return message(`The agent of ${mrkdwn(customer, 70)} answers again.`, [
      always(
        richText(
          line(
            words(`The agent of ${customer} did not answer from `),
            when(since),
            words(' to '),
            when(until),
            words('. What happened meanwhile is shown now.'),
          ),
        ),
      ),
    ]);
  }
  return message(`The agent of ${mrkdwn(customer, 70)} does not answer.`, [
    always(
      richText(
        line(
          bold(`⚠️ The agent of ${customer} has not answered since `),
          when(since),
          words('. Until it does, nothing new is told here and nothing can be decided here.'),
        ),
      ),
    ),
  ]);
}
