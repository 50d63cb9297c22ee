import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { BotStore, ClaimedEvent } from '@autodevops/domain/ports/bot-store';
import { appUninstalled } from '../installing/leaving.ts';
import { channelShared } from '../customers/channel-suspension.ts';
import { overLimit } from '../receiving/shedding.ts';
import { fakeAgent } from '../testing/fake-agent.ts';
import { fakeSlack } from '../testing/fake-slack.ts';
import type { FakeSlack } from '../testing/fake-slack.ts';
import { inboundEvent } from '../testing/surroundings.ts';
import { handler } from './handler.ts';
import type { Handler } from './handler.ts';
import { registryOf } from './registry.ts';
import { workOnEvent } from './work-on-event.ts';
import type { Worked } from './work-on-event.ts';

interface Place {
  readonly store: BotStore;
  readonly slack: FakeSlack;
  /** Customer and account of each piece of work that reached a handler. */
  readonly worked: readonly string[];
  readonly answered: readonly string[];
  readonly work: (handler: string, payload: Record<string, unknown>, app?: string) => Promise<Worked>;
}

const nothingDraws = async (): Promise<never> => await Promise.reject(new Error('nothing is drawn here'));

/** Two customers, each with a workspace of his own, on one app. */
async function place(): Promise<Place> {
  const store = createMemoryBotStore();
  for (const [team, customer] of [
    ['T1', 'acme'],
    ['T2', 'other'],
  ] as const) {
    await store.installations.put({
      app: 'A1',
      team,
      enterprise: '',
      customer,
      botUser: 'UB',
      sealed: '',
      installedAt: '2027-01-01T00:00:00Z',
    });
  }
  const slack = fakeSlack();
  const worked: string[] = [];
  const answered: string[] = [];
  const note = handler({
    name: 'action.approve-change',
    payload: z.looseObject({}),
    need: 'act',
    handle: async (_payload, { customer, actor }) => void worked.push(`${customer} ${actor.account}`),
  });
  const say = handler({
    name: 'command./jamie',
    payload: z.looseObject({ command: z.string() }),
    need: 'read',
    handle: async (_payload, { customer, actor }) => void worked.push(`${customer} ${actor.account}`),
  });
  return {
    store,
    slack,
    worked,
    answered,
    work: async (name, payload, app = 'A1') => {
      const event: ClaimedEvent = { ...inboundEvent({ handler: name, app, payload }), attempt: 1 };
      return await workOnEvent(
        event,
        {
          registry: registryOf([note, say], [appUninstalled, channelShared]),
          store,
          now: () => new Date(0),
          draw: nothingDraws,
          log: () => {},
          customers: { agentFor: () => fakeAgent({}).client, emailRuleOf: () => undefined },
          slackOf: () => slack.api,
          forget: () => {},
          respond: async (_url, { text }) => void answered.push(text.split('\n')[0] ?? ''),
        },
        new AbortController().signal,
      );
    },
  };
}

const click = (given: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'block_actions',
  api_app_id: 'A1',
  team: { id: 'T1' },
  user: { id: 'U1', team_id: 'T1' },
  channel: { id: 'C1' },
  container: { message_ts: '1.1' },
  actions: [{ action_id: 'approve-change', value: 'chg-1' }],
  response_url: 'https://hooks.slack.com/actions/1',
  ...given,
});

describe('a click', () => {
  it('is worked on for the customer of its workspace, in the name of who clicked', async () => {
    const { work, worked } = await place();
    expect(await work('action.approve-change', click())).toBe('done');
    expect(worked).toEqual(['acme slack:T1/U1']);
  });

  it("that names another customer's workspace gets nothing from there: the person is a stranger to it", async () => {
    const { work, worked, answered } = await place();
    expect(await work('action.approve-change', click({ team: { id: 'T2' } }))).toBe('refused');
    expect(worked).toEqual([]);
    expect(answered).toHaveLength(1);
  });

  it('of a stranger in a shared channel is refused, whatever home he claims', async () => {
    const { work, worked, slack } = await place();
    slack.setUser({ id: 'U9', team: 'T9', isStranger: true });
    for (const home of ['T1', 'T9']) {
      expect(await work('action.approve-change', click({ user: { id: 'U9', team_id: home } }))).toBe('refused');
    }
    expect(worked).toEqual([]);
  });

  it('from a workspace that is not installed is answered by its own address alone', async () => {
    const { work, answered, slack } = await place();
    expect(await work('action.approve-change', click({ team: { id: 'T7' } }))).toBe('refused');
    expect(answered).toEqual(['This workspace is not set up for Auto-DevOps.']);
    expect(slack.calls).toEqual([]);
  });

  it('on a button of an older version says so', async () => {
    const { work, answered } = await place();
    expect(await work('action.was-there-once', click())).toBe('refused');
    expect(answered).toEqual(['This button is from an older version.']);
  });

  it('whose payload names another app than it was signed for reaches nobody', async () => {
    const { work, worked } = await place();
    expect(await work('action.approve-change', click({ api_app_id: 'A2' }))).toBe('refused');
    expect(worked).toEqual([]);
  });

  it('in a suspended channel does nothing', async () => {
    const { work, worked, store } = await place();
    await store.channels.put({
      app: 'A1',
      team: 'T1',
      channel: 'C1',
      customer: 'acme',
      use: 'incidents',
      isSuspended: true,
      why: 'shared',
    });
    expect(await work('action.approve-change', click())).toBe('refused');
    expect(worked).toEqual([]);
  });
});

describe('an event of a workspace', () => {
  const envelope = (event: Record<string, unknown>, given: Record<string, unknown> = {}): Record<string, unknown> => ({
    type: 'event_callback',
    api_app_id: 'A1',
    team_id: 'T1',
    authorizations: [{ team_id: 'T1' }],
    event,
    ...given,
  });

  it('that uninstalls the app takes the installation away, and no other', async () => {
    const { work, store } = await place();
    expect(await work('event.app_uninstalled', envelope({ type: 'app_uninstalled' }))).toBe('done');
    expect((await store.installations.list()).map(({ team }) => team)).toEqual(['T2']);
  });

  it('that shares a channel of incidents closes it', async () => {
    const { work, store } = await place();
    await store.channels.put({
      app: 'A1',
      team: 'T1',
      channel: 'C1',
      customer: 'acme',
      use: 'incidents',
      isSuspended: false,
      why: '',
    });
    await work('event.channel_shared', envelope({ type: 'channel_shared', channel: 'C1' }));
    expect(await store.channels.find('A1', 'T1', 'C1')).toMatchObject({
      isSuspended: true,
      why: 'It was shared with another company.',
    });
  });

  it('whose context is another workspace than its installation is refused', async () => {
    const { work, store } = await place();
    expect(await work('event.app_uninstalled', envelope({ type: 'app_uninstalled' }, { context_team_id: 'T2' }))).toBe(
      'refused',
    );
    expect(await store.installations.list()).toHaveLength(2);
  });
});

describe('somebody whom the agent does not know', () => {
  const refusing = (code: 'change.not-allowed' | 'change.refused') => async (): Promise<never> => {
    throw new AutoDevOpsError(code, 'Ann may not read here.', 'Ask.');
  };
  const shown = async (
    known: readonly string[],
    code: 'change.not-allowed' | 'change.refused',
    given: Pick<Handler, 'refusesQuietly'> | { readonly need: 'link' } = {},
  ): Promise<{ readonly worked: Promise<Worked>; readonly answered: readonly string[] }> => {
    const { store, slack } = await place();
    const answered: string[] = [];
    const say = handler({
      name: 'command./jamie',
      payload: z.looseObject({}),
      need: 'read',
      ...given,
      handle: refusing(code),
    });
    const people =
      known.length === 0
        ? refusing('change.not-allowed')
        : async () => ({ people: [{ id: 'ann', name: 'Ann', accounts: [...known], roles: ['viewer'] }] });
    const event: ClaimedEvent = {
      ...inboundEvent({
        handler: 'command./jamie',
        payload: {
          command: '/jamie',
          api_app_id: 'A1',
          team_id: 'T1',
          user_id: 'U1',
          channel_id: 'C1',
          response_url: 'https://hooks.slack.com/commands/1',
        },
      }),
      attempt: 1,
    };
    const worked = workOnEvent(
      event,
      {
        registry: registryOf([say], []),
        store,
        now: () => new Date(0),
        draw: nothingDraws,
        log: () => {},
        customers: { agentFor: () => fakeAgent({ people }).client, emailRuleOf: () => undefined },
        slackOf: () => slack.api,
        forget: () => {},
        respond: async (_url, { text }) => void answered.push(text.split('\n')[0] ?? ''),
      },
      new AbortController().signal,
    );
    return { worked, answered };
  };

  it('is told how to be known', async () => {
    const { worked, answered } = await shown([], 'change.not-allowed');
    expect(await worked).toBe('refused');
    expect(answered).toEqual(['I do not know who you are in Auto-DevOps yet.']);
  });

  it('is told nothing where nobody asked', async () => {
    const { worked, answered } = await shown([], 'change.not-allowed', { refusesQuietly: true });
    expect(await worked).toBe('refused');
    expect(answered).toEqual([]);
  });

  it('and is about to be linked, is told what is wrong with that', async () => {
    await expect((await shown([], 'change.not-allowed', { need: 'link' })).worked).rejects.toMatchObject({
      message: 'Ann may not read here.',
    });
  });

  it('is not who is known and lacks a role, nor is any other refusal', async () => {
    for (const [known, code] of [
      [['slack:T1/U1'], 'change.not-allowed'],
      [[], 'change.refused'],
    ] as const) {
      await expect((await shown(known, code)).worked).rejects.toMatchObject({ code });
    }
  });
});

describe('the e-mail address of who acts', () => {
  const rules = {
    acme: { workspaces: ['T1'], domains: ['acme.example'], singleSignOn: 'required' as const },
    other: undefined,
  };
  /** Who was named to the agent, and what the handler knew of the address. */
  const toldOf = async (need: Handler['need'], team = 'T1'): Promise<readonly unknown[]> => {
    const { store, slack } = await place();
    slack.setUser({ id: 'U1', team, email: 'ann@acme.example', isEmailConfirmed: true });
    const told: unknown[] = [];
    const look = handler({
      name: 'command./autodevops',
      payload: z.looseObject({ command: z.string() }),
      need,
      handle: async (_payload, { actor }) => void told.push(actor.vouchedEmail),
    });
    const payload = { command: '/autodevops', api_app_id: 'A1', team_id: team, user_id: 'U1', channel_id: 'C1' };
    await workOnEvent(
      { ...inboundEvent({ handler: 'command./autodevops', team, payload }), attempt: 1 },
      {
        registry: registryOf([look], []),
        store,
        now: () => new Date(0),
        draw: nothingDraws,
        log: () => {},
        customers: {
          agentFor: (_customer, asker) => {
            told.push(asker.email);
            return fakeAgent({}).client;
          },
          emailRuleOf: (customer) => rules[customer as keyof typeof rules],
        },
        slackOf: () => slack.api,
        forget: () => {},
        respond: async () => {},
      },
      new AbortController().signal,
    );
    return told;
  };

  it('is told to the agent where an account is to be linked, and nowhere else', async () => {
    expect(await toldOf('link')).toEqual(['ann@acme.example', 'ann@acme.example']);
    expect(await toldOf('act')).toEqual([undefined, 'ann@acme.example']);
  });

  it('is nothing to a customer without a rule', async () => {
    expect(await toldOf('link', 'T2')).toEqual([undefined, undefined]);
  });
});

it('who asks too much is told so', async () => {
  const { work, answered } = await place();
  expect(
    await work(overLimit, {
      command: '/jamie',
      api_app_id: 'A1',
      team_id: 'T1',
      user_id: 'U1',
      channel_id: 'C1',
      response_url: 'https://hooks.slack.com/commands/1',
    }),
  ).toBe('refused');
  expect(answered).toEqual(['You ask faster than I can answer.']);
});
