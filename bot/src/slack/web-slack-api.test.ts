import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '@autodevops/testkit/slack/state/channels';
import type { Installed, SlackStandIn } from '@autodevops/testkit/slack/slack-stand-in';
import type { SlackApp } from '@autodevops/testkit/slack/state/apps';
import type { Team, User } from '@autodevops/testkit/slack/state/workspaces';
import { startSlack } from '@autodevops/testkit/slack/start-slack';
import { botRegistry } from '../handling/handlers.ts';
import { appManifest } from '../manifest/app-manifest.ts';
import { slackLogger } from '../observing/slack-logger.ts';
import type { SlackApi, SlackMessage } from './slack-api.ts';
import { slackWorkspaces } from './slack-workspaces.ts';

const signal = AbortSignal.timeout(60_000);
const message: SlackMessage = {
  text: 'hello',
  blocks: [{ type: 'section', text: { type: 'plain_text', text: 'hello' } }],
};

/** Every call, on a Slack that refuses what Slack refuses: unknown arguments, missing scopes, wrong blocks. */
describe("Slack's Web API", () => {
  let slack: SlackStandIn;
  let api: SlackApi;
  let team: Team;
  let ann: User;
  let app: SlackApp;
  let channel: Channel;
  const apiOf = ({ id }: SlackApp, { token, botUser }: Installed): SlackApi =>
    slackWorkspaces({
      slackApi: slack.apiUrl,
      tokenOf: async () => token,
      isDistributed: () => false,
      logger: slackLogger(() => {}),
      observe: () => {},
      now: () => Date.now(),
      wait: async () => {},
    }).of({
      app: id,
      team: team.id,
      enterprise: '',
      customer: 'acme',
      botUser: botUser.id,
      sealed: '',
      installedAt: '',
      version: 1,
    });
  const sees = (): readonly { readonly text: string; readonly ts: string }[] => slack.person(ann).sees(channel);

  beforeAll(async () => {
    slack = await startSlack({ limits: { isOn: false } });
    team = slack.addTeam('Acme');
    ann = slack.addUser(team, { name: 'ann' });
    app = slack.addApp({
      manifest: appManifest(
        botRegistry(() => []),
        { name: 'Auto-DevOps', unfurlDomains: ['agent.example.com'], isDistributed: false },
      ),
    });
    const installed = slack.install(app, team);
    channel = slack.addChannel(team, { name: 'ops', members: [ann, installed.botUser] });
    api = apiOf(app, installed);
  });
  afterAll(async () => await slack.close());

  it('goes on with a stream that Slack has ended, without losing a word', async () => {
    const root = slack.person(ann).say(channel, 'a question');
    const stream = api.stream({ channel: channel.id, threadTs: root.ts, user: ann.id, team: team.id }, signal);
    await stream.append('a'.repeat(600));
    await slack.clock.advance(310_000);
    await stream.append('b'.repeat(600));
    const ref = await stream.stop();
    expect(JSON.stringify(sees().find(({ ts }) => ts === ref.ts))).toContain(`${'a'.repeat(600)}${'b'.repeat(600)}`);
  });

  it('posts, changes and finds again what it posted', async () => {
    const ref = await api.post({ channel: channel.id, key: 'k1', content: { ...message } }, 'incident', signal);
    expect(sees().at(-1)).toMatchObject({ text: 'hello', ts: ref.ts });
    await api.update(ref, { text: 'changed', blocks: message.blocks }, 'incident', signal);
    expect(sees().at(-1)).toMatchObject({ text: 'changed', ts: ref.ts });
    const since = new Date(Date.now() - 60_000).toISOString();
    expect(await api.findPosted({ channel: channel.id, key: 'k1' }, since, signal)).toEqual(ref);
    expect(await api.findPosted({ channel: channel.id, key: 'k2' }, since, signal)).toBeUndefined();
    await new Promise((resolve) => {
      setTimeout(resolve, 1100);
    });
    const child = await api.post(
      { channel: channel.id, key: 'k3', threadTs: ref.ts, content: { ...message } },
      'incident',
      signal,
    );
    expect(await api.findPosted({ channel: channel.id, key: 'k3', threadTs: ref.ts }, since, signal)).toEqual(child);
    expect(await api.permalink(ref, signal)).toContain(channel.id);
  });

  it('whispers to one person', async () => {
    await api.whisper({ channel: channel.id, user: ann.id }, { ...message, text: 'only you' }, signal);
    expect(sees().at(-1)).toMatchObject({ text: 'only you', onlyFor: ann.id });
  });

  it('tells who somebody is and what a channel is', async () => {
    expect(await api.user(ann.id, { isFresh: true }, signal)).toMatchObject({
      id: ann.id,
      team: team.id,
      isBot: false,
      isGuest: false,
      isStranger: false,
      isDeactivated: false,
    });
    expect(await api.channel(channel.id, signal)).toMatchObject({
      id: channel.id,
      name: 'ops',
      isMember: true,
      isShared: false,
      isDirectMessage: false,
    });
    await expect(api.user('U0NOBODY', {}, signal)).rejects.toMatchObject({ kind: 'refused', code: 'user_not_found' });
  });

  it('tells an address where the app may read it, and none elsewhere', async () => {
    const reading = slack.addApp({
      manifest: appManifest(
        botRegistry(() => []),
        { name: 'Auto-DevOps', unfurlDomains: [], isDistributed: false, readsEmail: true },
      ),
    });
    const told = await apiOf(reading, slack.install(reading, team)).user(ann.id, {}, signal);
    expect(told).toMatchObject({ email: 'ann@acme.example', isEmailConfirmed: true });
    expect((await api.user(ann.id, { isFresh: true }, signal)).email).toBe('');
  });

  it('publishes a home, suggests what to ask and shows that it works on it', async () => {
    await api.publishHome(ann.id, { type: 'home', blocks: message.blocks as never[] }, signal);
    expect(slack.person(ann).home(app)).toBeDefined();
    const conversation = slack.person(ann).openMessages(app);
    await api.suggestPrompts(conversation.id, [{ title: 'Why?', message: 'why is web failing?' }], signal);
    expect(slack.person(ann).suggestions(conversation)).toHaveLength(1);
    const { ts } = slack.person(ann).writeTo(app, 'why is web failing?');
    await api.showAtWork({ channel: conversation.id, threadTs: ts, user: ann.id }, true, signal);
    expect(slack.calls.of('agents.sessions.setStatus').at(-1)?.answer).toMatchObject({
      ok: true,
      status: 'processing',
    });
  });

  it('puts a file into a thread', async () => {
    const root = slack.person(ann).say(channel, 'a question');
    await api.upload({ channel: channel.id, threadTs: root.ts, name: 'x.diff', title: 'x', text: '+ a\n' }, signal);
    expect(slack.calls.of('files.completeUploadExternal').at(-1)?.answer).toMatchObject({ ok: true });
  });

  it('puts a picture into a channel, with words for who does not see it', async () => {
    await api.upload(
      { channel: channel.id, name: 'x.png', title: 'x', altText: 'web calls db', png: Uint8Array.of(1, 2) },
      signal,
    );
    expect(slack.calls.of('files.getUploadURLExternal').at(-1)?.args).toMatchObject({
      alt_text: 'web calls db',
      length: '2',
    });
  });

  it('streams an answer into a thread', async () => {
    const root = slack.person(ann).say(channel, 'a question');
    const stream = api.stream({ channel: channel.id, threadTs: root.ts, user: ann.id, team: team.id }, signal);
    for (const part of ['one ', 'two ', 'three '.repeat(100)]) await stream.append(part);
    const ref = await stream.stop({ blocks: message.blocks });
    const told = sees().find(({ ts }) => ts === ref.ts);
    expect(told?.text).toBe(`one two ${'three '.repeat(100)}`);
    expect(slack.calls.of('chat.stopStream').at(-1)?.answer).toMatchObject({ ok: true });
  });

  it("answers with Slack's own word what cannot be", async () => {
    await expect(
      api.post({ channel: 'C0NONE', key: 'k', content: { ...message } }, 'incident', signal),
    ).rejects.toMatchObject({ kind: 'refused', code: 'channel_not_found' });
    await expect(
      api.openView(
        '1.2.3',
        { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: message.blocks as never[] },
        signal,
      ),
    ).rejects.toMatchObject({ kind: 'refused' });
    slack.faults.add({ kind: 'rate-limited', retryAfterSeconds: 7 }, { methods: ['conversations.info'], times: 1 });
    await expect(api.channel('C0OTHER', signal)).rejects.toMatchObject({
      kind: 'later',
      code: 'ratelimited',
      retryAfter: 7000,
    });
    slack.faults.add({ kind: 'server-error' }, { methods: ['chat.postEphemeral'], times: 1 });
    await expect(api.whisper({ channel: channel.id, user: ann.id }, message, signal)).rejects.toMatchObject({
      kind: 'uncertain',
    });
  });

  it('says within three seconds that it does not answer, and one lane waits for no other', async () => {
    slack.faults.add({ kind: 'slow', milliseconds: 20_000 }, { methods: ['chat.postEphemeral'], times: 1 });
    const slow = api.whisper({ channel: channel.id, user: ann.id }, message, signal).catch((error: unknown) => error);
    await api.user(ann.id, { isFresh: true }, signal);
    expect(await slow).toMatchObject({ kind: 'uncertain', code: 'no_answer' });
  });
});
