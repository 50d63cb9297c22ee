import { whoIsMessage } from '../../rendering/agent/link-messages.ts';
import { privately, subCommand } from '../sub-command.ts';
import { nothingAfter } from '../words/operands.ts';
import { linkedPerson } from './linked-person.ts';

export const whoami = subCommand({
  name: 'whoami',
  operands: '',
  says: 'Says who you are here: your account, the person that it is linked to, and the roles.',
  examples: ['whoami'],
  need: 'link',
  options: {},
  run: async ({ operands }, surroundings) => {
    nothingAfter(operands, 0);
    const { actor, customer } = surroundings;
    return privately(
      whoIsMessage({
        account: actor.account,
        homeTeam: actor.user.team,
        customer,
        person: await linkedPerson(surroundings),
      }),
    );
  },
});
