import { expect, it } from 'vitest';
import { callApi } from '../testing/api-call.ts';
import { scene } from '../testing/scene.ts';
import type { Scene } from '../testing/scene.ts';
import { statusAt } from '../state/assistant-panes.ts';

type Args = Readonly<Record<string, unknown>>;
const ask = async ({ slack, bot }: Scene, method: string, args: Args): Promise<Args> =>
  (await callApi(slack.apiUrl, method, bot.token, args)).answer;

async function withMessage(): Promise<
  Scene & { readonly at: { readonly channel: string; readonly timestamp: string } }
> {
  const set = await scene();
  const { ts } = set.slack.person(set.ann).say(set.general, 'a message');
  return { ...set, at: { channel: set.general.id, timestamp: ts } };
}

it('a message is pinned once, and unpinned once', async () => {
  const set = await withMessage();
  const outcomes = [
    await ask(set, 'pins.add', set.at),
    await ask(set, 'pins.add', set.at),
    await ask(set, 'pins.list', { channel: set.general.id }),
    await ask(set, 'pins.remove', set.at),
    await ask(set, 'pins.remove', set.at),
  ];
  expect(outcomes).toMatchObject([
    { ok: true },
    { error: 'already_pinned' },
    { items: [{ message: { text: 'a message' } }] },
    { ok: true },
    { error: 'no_pin' },
  ]);
  expect(await ask(set, 'pins.add', { ...set.at, timestamp: '1.000001' })).toMatchObject({
    error: 'message_not_found',
  });
});

it('a bot reacts once with an emoji, and others hear of it', async () => {
  const set = await withMessage();
  const outcomes = [
    await ask(set, 'reactions.add', { ...set.at, name: 'eyes' }),
    await ask(set, 'reactions.add', { ...set.at, name: 'eyes' }),
    await ask(set, 'reactions.remove', { ...set.at, name: 'eyes' }),
    await ask(set, 'reactions.remove', { ...set.at, name: 'eyes' }),
  ];
  expect(outcomes).toMatchObject([{ ok: true }, { error: 'already_reacted' }, { ok: true }, { error: 'no_reaction' }]);
  expect(set.slack.deliveries.map(({ payload }) => (payload['event'] as Args)['type'])).toContain('reaction_added');
});

it('bookmarks are links', async () => {
  const set = await scene();
  const at = { channel_id: set.general.id };
  const { bookmark } = (await ask(set, 'bookmarks.add', {
    ...at,
    title: 'Runbook',
    type: 'link',
    link: 'https://ops.example.com/',
  })) as { readonly bookmark: { readonly id: string } };
  expect(
    await ask(set, 'bookmarks.add', { ...at, title: 'Bad', type: 'link', link: 'javascript:alert(1)' }),
  ).toMatchObject({ error: 'invalid_link' });
  expect(await ask(set, 'bookmarks.edit', { ...at, bookmark_id: bookmark.id, title: 'The runbook' })).toMatchObject({
    bookmark: { title: 'The runbook', link: 'https://ops.example.com/' },
  });
  expect(await ask(set, 'bookmarks.list', at)).toMatchObject({ bookmarks: [{ title: 'The runbook' }] });
  await ask(set, 'bookmarks.remove', { ...at, bookmark_id: bookmark.id });
  expect(await ask(set, 'bookmarks.remove', { ...at, bookmark_id: bookmark.id })).toMatchObject({ error: 'not_found' });
});

it('the status of an assistant’s thread goes with the next message, or after two minutes', async () => {
  const set = await scene();
  const { channel, threadTs } = set.slack.person(set.ann).openAssistant(set.app);
  const status = (): string => statusAt(set.slack.state, channel, threadTs, set.slack.clock.now());
  const setStatus = (): Promise<Args> =>
    ask(set, 'assistant.threads.setStatus', { channel_id: channel, thread_ts: threadTs, status: 'is reading logs' });
  await setStatus();
  expect(status()).toBe('is reading logs');
  await ask(set, 'chat.postMessage', { channel, thread_ts: threadTs, text: 'Here' });
  expect(status()).toBe('');
  await setStatus();
  await set.slack.clock.advance(120_000);
  expect(status()).toBe('');
});

it('an assistant suggests up to four prompts, in its own pane only', async () => {
  const set = await scene();
  const { channel, threadTs } = set.slack.person(set.ann).openAssistant(set.app);
  const suggest = (count: number, at: Args = { channel_id: channel, thread_ts: threadTs }): Promise<Args> =>
    ask(set, 'assistant.threads.setSuggestedPrompts', {
      ...at,
      prompts: Array.from({ length: count }, (_, index) => ({ title: `Prompt ${index}`, message: 'why?' })),
    });
  expect([await suggest(4), await suggest(5), await suggest(0)]).toMatchObject([
    { ok: true },
    { error: 'too_many_prompts' },
    { error: 'invalid_prompts' },
  ]);
  const { ts } = set.slack.person(set.ann).say(set.general, 'x');
  expect(await suggest(1, { channel_id: set.general.id, thread_ts: ts })).toMatchObject({ error: 'no_permission' });
  expect(
    await ask(set, 'assistant.threads.setTitle', { channel_id: channel, thread_ts: threadTs, title: 'Web is down' }),
  ).toMatchObject({ ok: true });
});

it('blocks are judged without a token', async () => {
  const { slack } = await scene();
  const judge = async (args: Args): Promise<Args> => (await callApi(slack.apiUrl, 'blocks.validate', '', args)).answer;
  expect(await judge({ blocks: [{ type: 'divider' }] })).toMatchObject({ ok: true, errors: [] });
  expect(await judge({ message: { blocks: [{ type: 'fireworks' }] } })).toMatchObject({
    ok: true,
    errors: [{ pointer: expect.stringContaining('/blocks/0') as string }],
  });
  expect(await judge({})).toMatchObject({ error: 'invalid_arguments' });
});

it('a bot is known by its bot id, a workspace by its name', async () => {
  const set = await scene();
  expect(await ask(set, 'bots.info', { bot: set.bot.botUser.bot })).toMatchObject({
    bot: { app_id: set.app.id, user_id: set.bot.botUser.id },
  });
  expect(await ask(set, 'team.info', {})).toMatchObject({ team: { id: set.team.id, name: 'Acme', domain: 'acme' } });
});

it('an app can remove itself, knowing its own secret', async () => {
  const set = await scene();
  const remove = (secret: string): Promise<Args> =>
    ask(set, 'apps.uninstall', { client_id: set.app.clientId, client_secret: secret });
  expect(await remove('guessed')).toMatchObject({ error: 'bad_client_secret' });
  expect(await remove(set.app.clientSecret)).toMatchObject({ ok: true });
  expect(await ask(set, 'auth.test', {})).toMatchObject({ error: 'token_revoked' });
});

it('a token can be revoked by who has it', async () => {
  const set = await scene();
  expect(await ask(set, 'auth.revoke', { test: true })).toMatchObject({ revoked: false });
  expect(await ask(set, 'auth.revoke', {})).toMatchObject({ revoked: true });
  expect(await ask(set, 'auth.test', {})).toMatchObject({ error: 'token_revoked' });
});
