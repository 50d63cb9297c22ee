import { describe, expect, it } from 'vitest';
import { inboundOf } from './inbound.ts';

const command = {
  command: '/jamie',
  text: 'ask why',
  trigger_id: '1.2.3',
  api_app_id: 'A1',
  team_id: 'T1',
  user_id: 'U1',
  channel_id: 'C1',
  response_url: 'https://hooks.slack.com/x',
  token: 'a secret of old',
};
const click = (given: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'block_actions',
  api_app_id: 'A1',
  team: { id: 'T1' },
  user: { id: 'U1', team_id: 'T1' },
  channel: { id: 'C1' },
  container: { type: 'message', message_ts: '1.1', channel_id: 'C1' },
  trigger_id: 't',
  actions: [{ action_id: 'approve-change', block_id: 'b', value: 'v', action_ts: '9.9' }],
  ...given,
});
const submission = (hash: string): Record<string, unknown> => ({
  type: 'view_submission',
  api_app_id: 'A1',
  team: { id: 'T1' },
  user: { id: 'U1' },
  view: { id: 'V1', hash, callback_id: 'open-incident', state: { values: {} } },
});
const event = (inner: Record<string, unknown>, given: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'event_callback',
  event_id: 'Ev1',
  api_app_id: 'A1',
  team_id: 'T1',
  authorizations: [{ team_id: 'T1' }],
  event: inner,
  ...given,
});
const one = (body: Record<string, unknown>): string | undefined => inboundOf(body)[0]?.handler;
const id = (body: Record<string, unknown>): string | undefined => inboundOf(body)[0]?.id;

describe('what came', () => {
  it('is for the handler of its name', () => {
    expect(one(command)).toBe('command./jamie');
    expect(one(click())).toBe('action.approve-change');
    expect(one(click({ actions: [{ action_id: 'next-page/2' }] }))).toBe('action.next-page');
    expect(one(submission('h'))).toBe('view.open-incident');
    expect(one({ type: 'message_action', callback_id: 'diagnose-this', trigger_id: 't', api_app_id: 'A1' })).toBe(
      'shortcut.diagnose-this',
    );
    expect(one({ type: 'shortcut', callback_id: 'ask-jamie', trigger_id: 't', api_app_id: 'A1' })).toBe(
      'shortcut.ask-jamie',
    );
    expect(one(event({ type: 'app_mention', user: 'U1' }))).toBe('event.app_mention');
  });

  it('with several actions comes as one thing for each', () => {
    const both = inboundOf(
      click({
        actions: [
          { action_id: 'a', action_ts: '1' },
          { action_id: 'b', action_ts: '1' },
        ],
      }),
    );
    expect(both.map(({ handler, payload }) => [handler, (payload['actions'] as unknown[]).length])).toEqual([
      ['action.a', 1],
      ['action.b', 1],
    ]);
  });

  it('is kept without the verification token of old', () => {
    expect(JSON.stringify(inboundOf(command))).not.toContain('a secret of old');
  });

  it('is nothing for what is no body of Slack', () => {
    for (const body of [
      {},
      { type: 'x' },
      { type: 'block_actions' },
      { type: 'block_actions', actions: [] },
      { type: 'event_callback' },
      { command: '/jamie' },
      { type: 'view_submission', view: 7 },
    ]) {
      expect(inboundOf(body)).toEqual([]);
    }
  });
});

describe('of messages', () => {
  it('those in threads and those to the bot alone count, written by people', () => {
    expect(one(event({ type: 'message', channel_type: 'channel', user: 'U1', thread_ts: '1.1' }))).toBe(
      'event.message',
    );
    expect(one(event({ type: 'message', channel_type: 'im', user: 'U1' }))).toBe('event.message.im');
    expect(
      one(event({ type: 'message', channel_type: 'group', user: 'U1', thread_ts: '1.1', subtype: 'file_share' })),
    ).toBe('event.message');
  });

  it('talk beside the bot, what programs write, edits and removals are not kept', () => {
    for (const inner of [
      { channel_type: 'channel', user: 'U1' },
      { channel_type: 'im', user: 'U1', bot_id: 'B1' },
      { channel_type: 'im', subtype: 'message_changed' },
      { channel_type: 'channel', user: 'U1', thread_ts: '1', subtype: 'message_deleted' },
      { channel_type: 'im' },
    ]) {
      expect(inboundOf(event({ type: 'message', ...inner }))).toEqual([]);
    }
  });
});

describe('an id', () => {
  it('is the same when Slack sends the same again', () => {
    for (const body of [command, click(), submission('h'), event({ type: 'app_mention' })]) {
      expect(id(body)).toBe(id(structuredClone(body)));
    }
  });

  it('is another one for another doing', () => {
    const all = [
      id(command),
      id({ ...command, trigger_id: '4.5.6' }),
      id({ ...command, api_app_id: 'A2' }),
      id(click()),
      id(click({ actions: [{ action_id: 'approve-change', block_id: 'b', action_ts: '9.91' }] })),
      id(click({ user: { id: 'U2' } })),
      id(click({ team: { id: 'T2' } })),
      id(click({ container: { message_ts: '1.2' } })),
      id(submission('h1')),
      id(submission('h2')),
      id(event({ type: 'app_mention' })),
      id(event({ type: 'app_mention' }, { event_id: 'Ev2' })),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(all.every((one) => /^[a-z]+-[\w-]{32}$/.test(one ?? ''))).toBe(true);
  });
});

describe('where it comes from', () => {
  const origin = (body: Record<string, unknown>): object | undefined => inboundOf(body)[0]?.origin;

  it('is the workspace that it was authorised for, not the one of who wrote', () => {
    expect(
      origin(
        event(
          { type: 'app_mention', user: 'U9', user_team: 'T9', channel: 'C1' },
          { team_id: 'T9', context_team_id: 'T1' },
        ),
      ),
    ).toMatchObject({ team: 'T1', user: 'U9', userTeam: 'T9', isContradictory: false });
  });

  it('contradicts itself when the context is another workspace', () => {
    expect(origin(event({ type: 'app_mention' }, { context_team_id: 'T2' }))).toMatchObject({ isContradictory: true });
    expect(origin(submission('h'))).toMatchObject({ isContradictory: false });
    expect(
      origin({ ...submission('h'), view: { id: 'V1', hash: 'h', callback_id: 'x', app_installed_team_id: 'T2' } }),
    ).toMatchObject({ team: 'T2', isContradictory: true });
  });

  it('of a whole organisation is the organisation', () => {
    expect(
      origin(
        event(
          { type: 'app_mention' },
          {
            authorizations: [{ enterprise_id: 'E1', team_id: null, is_enterprise_install: true }],
            enterprise_id: 'E1',
          },
        ),
      ),
    ).toMatchObject({ team: 'T1', enterprise: 'E1', isContradictory: false });
  });

  it('never throws, whatever stands there', () => {
    for (const odd of [null, 7, 'x', [], { id: 7 }, { id: null }]) {
      expect(() => inboundOf(click({ team: odd, user: odd, channel: odd, container: odd, view: odd }))).not.toThrow();
      expect(() =>
        inboundOf(
          event(
            { type: 'app_mention', user: odd, channel: odd, user_team: odd },
            { authorizations: odd, team_id: odd },
          ),
        ),
      ).not.toThrow();
    }
  });
});
