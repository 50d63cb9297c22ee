import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import type { Surroundings } from '../../handling/handler.ts';
import { mentionedUser } from '../words/slack-entities.ts';

/** The account of whom a word means: a mention, `me`, or an account as the agent calls it. Throws `usage`. */
export async function accountOf(
  word: string,
  { slack, actor, signal }: Pick<Surroundings, 'slack' | 'actor' | 'signal'>,
): Promise<string> {
  if (word.toLowerCase() === 'me') return actor.account;
  const mentioned = mentionedUser(word);
  if (mentioned !== undefined) {
    const user = await slack.user(mentioned, {}, signal);
    if (user.isBot || user.isDeactivated) {
      throw new AutoDevOpsError(
        'usage',
        `${oneLine(user.name, 60)} cannot take a part in an incident.`,
        'Name a person.',
      );
    }
    return `slack:${user.team}/${user.id}`;
  }
  if (/^[a-z]+:[\w@./-]{1,100}$/.test(word)) return word;
  throw new AutoDevOpsError('usage', `"${oneLine(word, 60)}" names nobody.`, 'Mention somebody with @, or write me.');
}
