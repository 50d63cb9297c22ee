import type { BotStore } from '@autodevops/domain/ports/bot-store';

/** What was tried too often, or can never succeed as it stands. */
export interface DeadLetter {
  readonly id: string;
  /** `message`: something that should stand in Slack; `event`: something that somebody did there. */
  readonly kind: 'message' | 'event';
  /** Where it was to go, or what it was for. */
  readonly about: string;
  readonly since: string;
  readonly attempts: number;
  readonly why: string;
}

/** All that waits for people, messages first, the newest first. */
export async function deadLetters(
  { messages, inbox }: Pick<BotStore, 'messages' | 'inbox'>,
  limit: number,
): Promise<readonly DeadLetter[]> {
  const [unsent, unworked] = await Promise.all([messages.dead(limit), inbox.dead(limit)]);
  return [
    ...unsent.map(({ key, customer, place, firstWantedAt, attempts, why }): DeadLetter => ({
      id: key,
      kind: 'message',
      about: `${customer}: ${place.team}/${place.channel}`,
      since: firstWantedAt,
      attempts,
      why,
    })),
    ...unworked.map(({ id, handler, team, receivedAt, attempts, why }): DeadLetter => ({
      id,
      kind: 'event',
      about: `${handler} in ${team}`,
      since: receivedAt,
      attempts,
      why,
    })),
  ].slice(0, limit);
}

/** Lets one be tried again. False: there is none of that name. */
export async function replay(id: string, { messages, inbox }: Pick<BotStore, 'messages' | 'inbox'>): Promise<boolean> {
  return (await messages.revive(id)) || (await inbox.revive(id));
}

/** Nobody wants it any more. False: there is none of that name. */
export async function drop(id: string, { messages, inbox }: Pick<BotStore, 'messages' | 'inbox'>): Promise<boolean> {
  return (await messages.drop(id)) || (await inbox.drop(id));
}
