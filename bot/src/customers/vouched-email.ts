import { readEmailAddress } from '@autodevops/domain/email-address';
import type { BotCustomer } from '../configuration/bot-configuration.ts';
import type { SlackUser } from '../slack/slack-api.ts';

/**
 * The address of a member by which the customer lets accounts be linked: one that Slack calls confirmed, of a domain of
 * the customer, and of somebody who is at home where everybody has to sign in by the customer's identity provider. Slack
 * tells no app whether that is so: the configuration says it. Pure.
 */
export function vouchedEmail(
  { email, isEmailConfirmed, isBot, isGuest, isStranger, isDeactivated, team, enterprise }: SlackUser,
  rule: BotCustomer['linkByEmail'],
): string | undefined {
  if (rule === undefined || !isEmailConfirmed || isBot || isGuest || isStranger || isDeactivated) return undefined;
  const isAtHome = rule.workspaces.some((home) => home === team || (home === enterprise && home !== ''));
  const read = readEmailAddress(email);
  return isAtHome && read !== undefined && rule.domains.includes(read.domain) ? read.address : undefined;
}
