import type { KeptChannel, KeptInstallation } from '@autodevops/domain/ports/bot-store';
import type { Origin } from '../receiving/origin.ts';
import type { Refusal } from '../rendering/refusal/refusal-message.ts';
import type { SlackApi, SlackChannel, SlackUser } from '../slack/slack-api.ts';
import type { Need, SlackActor } from './handler.ts';

export interface GuardChoice {
  readonly installation: KeptInstallation;
  readonly origin: Origin;
  readonly need: Need;
  /** A command is answered to the asker alone, in any channel; the rest shows something where it happens. */
  readonly isCommand: boolean;
  readonly slack: Pick<SlackApi, 'user' | 'channel'>;
  readonly findChannel: (channel: string) => Promise<KeptChannel | undefined>;
  readonly signal: AbortSignal;
}

export type Admitted = { readonly actor: SlackActor } | { readonly refusal: Refusal };

/** Whether the person is at home where the app is installed. What Slack does not tell counts against it. */
function isAtHome(user: SlackUser, { team, enterprise }: KeptInstallation): boolean {
  if (user.team === '') return false;
  if (team !== '' && user.team === team) return true;
  const isOfOrganisation = enterprise !== '' && user.enterprise === enterprise;
  // An organisation is not one customer: who is in it is at home in the workspaces that he is a member of.
  return isOfOrganisation && (team === '' || user.teams?.includes(team) === true);
}

/** Why this person may do nothing here; undefined: nothing speaks against him. Pure. */
export function flawOfPerson(user: SlackUser, origin: Origin, installation: KeptInstallation): Refusal | undefined {
  if (user.isDeactivated) return 'deactivated';
  if (user.isBot) return 'bot';
  if (user.isStranger || !isAtHome(user, installation)) return 'stranger';
  // The payload claims another home than Slack knows.
  if (
    origin.userTeam !== '' &&
    origin.userTeam !== user.team &&
    !(installation.enterprise !== '' && user.enterprise === installation.enterprise)
  ) {
    return 'stranger';
  }
  return user.isGuest ? 'guest' : undefined;
}

/** Why nothing is to be shown or done in this channel. A channel that others may read is closed until somebody allowed it. Pure. */
export function flawOfChannel(
  kept: KeptChannel | undefined,
  seen: SlackChannel | undefined,
  { customer }: Pick<KeptInstallation, 'customer'>,
): Refusal | undefined {
  if (kept !== undefined && kept.customer !== customer) return 'unmapped-channel';
  if (kept !== undefined) return kept.isSuspended ? 'suspended' : undefined;
  return seen?.isShared === true ? 'suspended' : undefined;
}

async function channelFlaw({
  origin,
  need,
  isCommand,
  slack,
  findChannel,
  installation,
  signal,
}: GuardChoice): Promise<Refusal | undefined> {
  if (origin.channel === '' || origin.channel.startsWith('D') || need === 'help' || need === 'link') return undefined;
  const kept = await findChannel(origin.channel);
  const seen = kept === undefined && !isCommand ? await slack.channel(origin.channel, signal) : undefined;
  return flawOfChannel(kept, seen, installation);
}

/** Who acts, if he may at all; what he may is for the customer's agent to say. Throws `SlackFailure` where Slack does not tell: then nothing is done. */
export async function admit(choice: GuardChoice): Promise<Admitted> {
  const { origin, installation, need, slack, signal } = choice;
  const user = await slack.user(origin.user, { isFresh: need === 'act' || need === 'link' }, signal);
  const refusal = flawOfPerson(user, origin, installation) ?? (await channelFlaw(choice));
  return refusal === undefined ? { actor: { user, account: `slack:${user.team}/${user.id}` } } : { refusal };
}
