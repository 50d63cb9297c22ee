import { expect, it, vi } from 'vitest';
import { boltApp } from '../testing/bolt-app.ts';
import { scene } from '../testing/scene.ts';

const button = {
  type: 'actions',
  block_id: 'decide',
  elements: [{ type: 'button', action_id: 'approve', text: { type: 'plain_text', text: 'Approve' }, value: 'chg-1' }],
};

it('a command reaches a Bolt app, and what it answers is seen by whoever typed it alone', async () => {
  const set = await scene();
  const bob = set.slack.addUser(set.team, { name: 'bob' });
  set.slack.invite(set.general, bob);
  const bolt = await boltApp(set);
  bolt.command('/jamie', async ({ ack, command }) => ack(`${command.text} for ${command.user_name}`));
  const reaction = await set.slack.person(set.ann).slash('/jamie', 'diagnose', set.general);
  expect(reaction).toEqual({ isAcknowledged: true, problem: '', errors: {} });
  expect(
    set.slack
      .person(set.ann)
      .sees(set.general)
      .map(({ text }) => text),
  ).toEqual(['diagnose for ann']);
  expect(set.slack.person(bob).sees(set.general)).toEqual([]);
});

it('a command that is not answered within three seconds shows what Slack shows', async () => {
  const set = await scene();
  const bolt = await boltApp(set);
  let isThere = (): void => undefined;
  const there = new Promise<void>((resolve) => (isThere = resolve));
  bolt.command('/jamie', async () => isThere());
  const typed = set.slack.person(set.ann).slash('/jamie', '', set.general);
  await there;
  await set.slack.clock.advance(2_999);
  expect(set.slack.deliveries[0]?.outcome).toBeUndefined();
  await set.slack.clock.advance(1);
  expect(await typed).toMatchObject({
    isAcknowledged: false,
    problem: '/jamie failed with the error "operation_timeout"',
  });
});

it('names are marked up only for a command that asks for it', async () => {
  const set = await scene();
  const bolt = await boltApp(set);
  const texts: string[] = [];
  bolt.command(/./, async ({ ack, command }) => {
    texts.push(command.text);
    await ack();
  });
  await set.slack.person(set.ann).slash('/jamie', 'ask @ann in #general', set.general);
  await set.slack.person(set.ann).slash('/names', 'ask @ann in #general and @nobody', set.general);
  expect(texts).toEqual([
    'ask @ann in #general',
    `ask <@${set.ann.id}|ann> in <#${set.general.id}|general> and @nobody`,
  ]);
});

it('a click carries the message, the value and an address to answer at', async () => {
  const set = await scene();
  const bolt = await boltApp(set);
  bolt.message('please', async ({ say }) => void (await say({ text: 'Decide', blocks: [button] })));
  bolt.action('approve', async ({ ack, body, respond, action }) => {
    await ack();
    await respond({
      text: `${body.user.id} approved ${'value' in action ? action.value : ''}`,
      replace_original: true,
    });
  });
  const ann = set.slack.person(set.ann);
  ann.say(set.general, 'please');
  const card = await vi.waitUntil(() => ann.sees(set.general)[1]);
  expect(card).toMatchObject({ text: 'Decide', user: set.bot.botUser.id });
  await ann.click({ channel: set.general.id, ts: card.ts }, 'approve');
  await vi.waitFor(() => expect(ann.sees(set.general)[1]?.text).toBe(`${set.ann.id} approved chg-1`));
});
