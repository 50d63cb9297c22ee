import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { KeptChannel } from '@autodevops/domain/ports/bot-store';
import { sentenceMessage } from '../../rendering/answer/sentence-message.ts';
import type { Surroundings } from '../../handling/handler.ts';
import { allowed } from '../../threads/channel-life.ts';
import { linkedPerson } from '../autodevops/linked-person.ts';
import { privately, subCommand } from '../sub-command.ts';
import { nothingAfter, oneOf } from '../words/operands.ts';

const uses = ['show', 'incidents', 'talk', 'allow', 'forget'] as const;
type Use = (typeof uses)[number];

/** A channel of this customer's, or of nobody's yet. Another customer's is not even told of. */
async function keptHere(
  channel: string,
  { store, event: { app, team }, customer }: Surroundings,
): Promise<KeptChannel | undefined> {
  const kept = await store.channels.find(app, team, channel);
  if (kept !== undefined && kept.customer !== customer) {
    throw new AutoDevOpsError('usage', 'This channel cannot be used.', 'Take another one.');
  }
  return kept;
}

async function requireAdministrator(surroundings: Surroundings): Promise<void> {
  const person = await linkedPerson(surroundings);
  if (person?.roles.includes('admin') !== true) {
    throw new AutoDevOpsError(
      'change.not-allowed',
      'What a channel is used for is for administrators to say.',
      'Ask somebody with the role admin.',
    );
  }
}

function standing(kept: KeptChannel | undefined): readonly [string, ...string[]] {
  if (kept === undefined) {
    return [
      'This channel has no use of its own: I can be asked here.',
      'New incidents are told in the channel that the configuration names, until /customer channel incidents says another.',
    ];
  }
  const use = kept.use === 'incidents' ? 'New incidents are told here.' : 'I can be asked here.';
  return kept.isSuspended
    ? [
        'Nothing is said here at the moment.',
        kept.why,
        '/customer channel allow lets it be, if those who read here may.',
      ]
    : [use, kept.why];
}

/** New incidents are told in one channel. */
async function withoutOthers(channel: string, { store, customer }: Surroundings): Promise<void> {
  const others = (await store.channels.ofCustomer(customer)).filter(
    (one) => one.use === 'incidents' && one.channel !== channel,
  );
  for (const other of others) await store.channels.put({ ...other, use: 'talk' });
}

async function use(
  how: Exclude<Use, 'show' | 'forget'>,
  channel: string,
  surroundings: Surroundings,
): Promise<KeptChannel> {
  const {
    store,
    slack,
    event: { app, team },
    customer,
    signal,
  } = surroundings;
  const kept = await keptHere(channel, surroundings);
  const seen = await slack.channel(channel, signal);
  if (seen.isDirectMessage) {
    throw new AutoDevOpsError('usage', 'A conversation with me alone is no channel.', 'Say it in a channel.');
  }
  if (!seen.isMember) throw new AutoDevOpsError('usage', 'I am not in this channel.', 'Invite me with /invite first.');
  if (how !== 'allow' && (seen.isShared || kept?.isSuspended === true) && kept?.why !== allowed) {
    throw new AutoDevOpsError(
      'usage',
      'Others than your own people may read here.',
      'Take a channel of your own, or say /customer channel allow first.',
    );
  }
  const next: KeptChannel =
    how === 'allow'
      ? { app, team, channel, customer, use: kept?.use ?? 'talk', isSuspended: false, why: allowed }
      : { app, team, channel, customer, use: how, isSuspended: false, why: kept?.why ?? '' };
  await store.channels.put(next);
  if (how === 'incidents') await withoutOthers(channel, surroundings);
  surroundings.log('a channel is used', { app, team, channel, use: next.use, how });
  return next;
}

/** Needs no open channel: it is what opens one. */
export const channel = subCommand({
  name: 'channel',
  operands: '[incidents|talk|allow|forget]',
  says: 'Says what this channel is used for; administrators say otherwise: new incidents are told here, it is only for talk, strangers may read along, or none of it.',
  examples: ['channel', 'channel incidents'],
  need: 'link',
  options: {},
  run: async ({ operands, slash: { channel_id: id } }, surroundings) => {
    nothingAfter(operands, 1);
    const how = oneOf(operands[0] ?? 'show', uses, 'use of a channel');
    await (how === 'show' ? undefined : requireAdministrator(surroundings));
    if (how === 'show') return privately(sentenceMessage(...standing(await keptHere(id, surroundings))));
    if (how !== 'forget') return privately(sentenceMessage(...standing(await use(how, id, surroundings))));
    const {
      store,
      event: { app, team },
    } = surroundings;
    if ((await keptHere(id, surroundings)) !== undefined) await store.channels.remove(app, team, id);
    return privately(sentenceMessage('This channel has no use of its own any more.'));
  },
});
