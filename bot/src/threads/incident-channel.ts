import type { BotStore, KeptChannel } from '@autodevops/domain/ports/bot-store';
import { sharedWithOthers } from '../customers/channel-suspension.ts';
import type { SlackChannel } from '../slack/slack-api.ts';
import type { ThreadDesk } from './thread-desk.ts';
import type { ThreadNote } from './thread-note.ts';

type Place = ThreadNote['place'];

function byName(a: KeptChannel, b: KeptChannel): number {
  return `${a.app} ${a.team} ${a.channel}` < `${b.app} ${b.team} ${b.channel}` ? -1 : 1;
}

/** Whether something of this customer may be said there now: not in a channel that others than his people may read, nor in another customer's. */
export async function mayBeSaid(
  { app, team, channel }: Place,
  customer: string,
  channels: BotStore['channels'],
): Promise<boolean> {
  const kept = await channels.find(app, team, channel);
  return kept !== undefined && kept.customer === customer && !kept.isSuspended;
}

/** Why nothing may be said in a channel, by what Slack says of it; empty where nothing speaks against it. */
export function flawOf({ isShared, isArchived, isMember }: SlackChannel): string {
  if (isShared) return sharedWithOthers;
  if (isArchived) return 'It is archived.';
  return isMember ? '' : 'The app is not in it.';
}

/** The channel of the configuration, kept from the first time that something is to be said there; nothing is before Slack said who can read it. */
async function firstUse(
  place: Place,
  { customer, look, store: { channels } }: ThreadDesk,
  signal: AbortSignal,
): Promise<KeptChannel> {
  const kept = await channels.find(place.app, place.team, place.channel);
  if (kept !== undefined) return kept;
  const why = flawOf(await look(place, signal));
  const made: KeptChannel = { ...place, customer, use: 'incidents', isSuspended: why !== '', why };
  await channels.put(made);
  return made;
}

/**
 * Where a customer's new incidents are told: the channel that people chose in Slack, else the one of the configuration;
 * undefined where there is none, or others may read along. Throws `SlackFailure` where Slack does not tell who may.
 */
export async function incidentChannel(desk: ThreadDesk, signal: AbortSignal): Promise<Place | undefined> {
  const {
    customer,
    configured,
    store: { channels },
  } = desk;
  const chosen = (await channels.ofCustomer(customer))
    .filter(({ use, customer: owner }) => use === 'incidents' && owner === customer)
    .toSorted(byName);
  const open = chosen.find(({ isSuspended }) => !isSuspended);
  if (open !== undefined) return { app: open.app, team: open.team, channel: open.channel };
  const place = chosen.length > 0 ? undefined : await configured();
  if (place === undefined) return undefined;
  const kept = await firstUse(place, desk, signal);
  return kept.customer === customer && !kept.isSuspended ? place : undefined;
}
