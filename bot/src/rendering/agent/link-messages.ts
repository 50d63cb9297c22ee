import type { Person } from '@autodevops/domain/change/person';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { actionIds } from '../action-ids.ts';
import { button, buttons } from '../blocks/buttons.ts';
import { smallPrint } from '../blocks/plain-blocks.ts';
import { always, message } from '../budget/message.ts';
import { bold, code, italic, line, list, richText, words } from '../text/rich-text.ts';

function rolesText(roles: readonly string[]): string {
  return roles.length === 0 ? 'none' : roles.join(', ');
}

/** How somebody becomes known: by a code of his own, or by an administrator. `why` his e-mail address does not do; empty: none was looked at. */
export function howToLink(account: string, why = ''): SlackMessage {
  return message('How to link your account', [
    always([
      ...richText(
        why === '' ? undefined : line(words(`Your e-mail address does not link you: ${why}`, 400)),
        line(bold('Link your Slack account in one of two ways')),
        list(
          [
            line(
              words('Run '),
              code('autodevops people link'),
              words(' in a terminal where the agent knows you, then say the code here: '),
              code('/autodevops link CODE'),
              words('. It is good once, for ten minutes.'),
            ),
            line(words('Or ask an administrator to add your account: '), code(account), words('.')),
          ],
          'ordered',
        ),
      ),
      ...buttons(button(actionIds.link, 'I have a code', 'link', { style: 'primary' })),
    ]),
  ]);
}

export function linkedMessage({ name, roles }: Person, account: string): SlackMessage {
  return message('Your account is linked.', [
    always([
      ...richText(
        line(
          bold('✅ You are '),
          bold(name, 100),
          bold(' now.'),
          words(' Roles: '),
          words(rolesText(roles), 300),
          words('.'),
        ),
      ),
      ...smallPrint(`Linked: ${account}. /autodevops unlink takes it back.`),
    ]),
  ]);
}

export function unlinkedMessage(): SlackMessage {
  return message('Your account is no longer linked.', [
    always(
      richText(
        line(
          bold('Your Slack account is no longer linked to anybody.'),
          words(' Nothing can be read or decided by it.'),
        ),
      ),
    ),
  ]);
}

export interface WhoIs {
  readonly account: string;
  readonly homeTeam: string;
  readonly customer: string;
  readonly person: Person | undefined;
}

export function whoIsMessage({ account, homeTeam, customer, person }: WhoIs): SlackMessage {
  return message(person === undefined ? 'You are linked to nobody.' : 'Who you are here', [
    always([
      ...richText(
        person === undefined
          ? line(bold('You are linked to nobody yet.'), words(' Say '), code('/autodevops link'))
          : line(bold(person.name, 100), words(' ('), code(person.id), words(')')),
        person === undefined
          ? undefined
          : line(bold('Roles: '), person.roles.length === 0 ? italic('none') : words(rolesText(person.roles), 300)),
        line(bold('Account: '), code(account), words(' · home workspace '), code(homeTeam)),
        person === undefined || person.accounts.length < 2
          ? undefined
          : line(bold('Also yours: '), words(person.accounts.filter((other) => other !== account).join(', '), 500)),
        line(bold('Customer: '), code(customer)),
      ),
    ]),
  ]);
}
