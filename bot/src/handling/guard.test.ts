import { describe, expect, it } from 'vitest';
import type { KeptChannel, KeptInstallation } from '@autodevops/domain/ports/bot-store';
import { fakeSlack, slackUser } from '../testing/fake-slack.ts';
import type { SlackUser } from '../slack/slack-api.ts';
import type { Origin } from '../receiving/origin.ts';
import { admit, flawOfPerson } from './guard.ts';
import type { Admitted } from './guard.ts';
import type { Need } from './handler.ts';

const installation: KeptInstallation = {
  app: 'A1',
  team: 'T1',
  enterprise: '',
  customer: 'acme',
  botUser: 'UB',
  sealed: '',
  installedAt: '',
  version: 1,
};
const origin: Origin = {
  app: 'A1',
  team: 'T1',
  enterprise: '',
  user: 'U1',
  userTeam: 'T1',
  channel: 'C1',
  messageTs: '',
  threadTs: '',
  isContradictory: false,
  responseUrl: '',
};
const flaw = (
  user: Partial<SlackUser>,
  claimed: Partial<Origin> = {},
  installed: Partial<KeptInstallation> = {},
): string | undefined =>
  flawOfPerson(slackUser({ id: 'U1', ...user }), { ...origin, ...claimed }, { ...installation, ...installed });

describe('a person', () => {
  it('of the workspace is let in', () => {
    expect(flaw({})).toBeUndefined();
  });

  it.each([
    [{ isGuest: true }, 'guest'],
    [{ isBot: true }, 'bot'],
    [{ isDeactivated: true }, 'deactivated'],
    [{ isStranger: true }, 'stranger'],
    [{ team: 'T2' }, 'stranger'],
    [{ team: '' }, 'stranger'],
  ] as const)('who is %o is refused', (user, why) => {
    expect(flaw(user)).toBe(why);
  });

  it('for whom the payload claims another home than Slack knows is refused', () => {
    expect(flaw({}, { userTeam: 'T2' })).toBe('stranger');
  });

  it('of another workspace of the same organisation is at home where the whole organisation is', () => {
    expect(flaw({ team: 'T2', enterprise: 'E1' }, { userTeam: 'T2' }, { team: '', enterprise: 'E1' })).toBeUndefined();
    expect(flaw({ team: 'T2', enterprise: 'E2' }, { userTeam: 'T2' }, { team: '', enterprise: 'E1' })).toBe('stranger');
  });
});

describe('where one workspace of an organisation has the app', () => {
  const workspace = { team: 'T1', enterprise: 'E1' };

  it('a member of it is at home, whichever workspace Slack calls his', () => {
    expect(flaw({ team: 'T2', enterprise: 'E1', teams: ['T1', 'T2'] }, { userTeam: 'T2' }, workspace)).toBeUndefined();
  });

  it('who is in other workspaces alone is a stranger, and so is whose workspaces Slack does not tell', () => {
    expect(flaw({ team: 'T2', enterprise: 'E1', teams: ['T2'] }, { userTeam: 'T2' }, workspace)).toBe('stranger');
    expect(flaw({ team: 'T2', enterprise: 'E1' }, { userTeam: 'T2' }, workspace)).toBe('stranger');
  });
});

const kept: KeptChannel = {
  app: 'A1',
  team: 'T1',
  channel: 'C1',
  customer: 'acme',
  use: 'incidents',
  isSuspended: false,
  why: '',
};

async function entering(
  need: Need,
  given: { readonly channel?: KeptChannel; readonly isShared?: boolean; readonly isCommand?: boolean },
): Promise<{ readonly admitted: Admitted; readonly fresh: boolean }> {
  const slack = fakeSlack();
  slack.setChannel({ id: 'C1', isShared: given.isShared ?? false });
  const admitted = await admit({
    installation,
    origin,
    need,
    isCommand: given.isCommand ?? false,
    slack: slack.api,
    findChannel: async () => given.channel,
    signal: new AbortController().signal,
  });
  const [asked] = slack.callsOf('user');
  return { admitted, fresh: (asked?.[1] as { isFresh?: boolean } | undefined)?.isFresh === true };
}

describe('who may', () => {
  it('is looked at anew for what acts and what links, and lately for what reads', async () => {
    expect((await entering('act', {})).fresh).toBe(true);
    expect((await entering('link', {})).fresh).toBe(true);
    expect((await entering('read', {})).fresh).toBe(false);
  });

  it('is known to the agent by home workspace and user', async () => {
    expect((await entering('read', {})).admitted).toMatchObject({ actor: { account: 'slack:T1/U1' } });
  });
});

describe('a channel', () => {
  it('that other companies read is closed until somebody allows it', async () => {
    expect((await entering('read', { isShared: true })).admitted).toEqual({ refusal: 'suspended' });
    expect((await entering('read', { isShared: true, channel: kept })).admitted).toHaveProperty('actor');
    expect((await entering('read', { channel: { ...kept, isSuspended: true } })).admitted).toEqual({
      refusal: 'suspended',
    });
  });

  it("of another customer is none of this one's", async () => {
    expect((await entering('act', { channel: { ...kept, customer: 'other' } })).admitted).toEqual({
      refusal: 'unmapped-channel',
    });
  });

  it('does not keep a command from the one who asks, unless it is suspended', async () => {
    expect((await entering('read', { isShared: true, isCommand: true })).admitted).toHaveProperty('actor');
    expect((await entering('read', { channel: { ...kept, isSuspended: true }, isCommand: true })).admitted).toEqual({
      refusal: 'suspended',
    });
    expect((await entering('help', { channel: { ...kept, isSuspended: true } })).admitted).toHaveProperty('actor');
  });
});
