import type { Person } from '@autodevops/domain/change/person';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Surroundings } from '../../handling/handler.ts';
import { howToLink, linkedMessage } from '../../rendering/agent/link-messages.ts';
import { privately, subCommand } from '../sub-command.ts';
import { nothingAfter } from '../words/operands.ts';

/** The person who has the asker's address, where the customer lets accounts be linked by it; else why there is none. */
async function byEmail({ agent, actor, signal }: Surroundings): Promise<Person | { readonly why: string }> {
  if (actor.vouchedEmail === undefined) return { why: '' };
  try {
    return await agent.linkByEmail({ body: {} }, { signal });
  } catch (error) {
    if (error instanceof AutoDevOpsError && error.code === 'change.not-allowed') return { why: error.message };
    throw error;
  }
}

export const link = subCommand({
  name: 'link',
  operands: '[CODE]',
  says: 'Links your Slack account to the person whom the agent knows, by a code of theirs; without one by your e-mail address, where the configuration lets it, else it says how to get a code.',
  examples: ['link', 'link ABCDE-FGHJK'],
  need: 'link',
  options: {},
  run: async ({ operands }, surroundings) => {
    const { agent, actor, signal } = surroundings;
    nothingAfter(operands, 2);
    // A code may come in two words, as it is read aloud.
    const code = operands.join('');
    if (code === '') {
      const found = await byEmail(surroundings);
      return privately('why' in found ? howToLink(actor.account, found.why) : linkedMessage(found, actor.account));
    }
    return privately(linkedMessage(await agent.useLinkCode({ body: { code } }, { signal }), actor.account));
  },
});
