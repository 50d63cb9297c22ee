import { expect, it } from 'vitest';
import { callApi } from '../testing/api-call.ts';
import { boltApp } from '../testing/bolt-app.ts';
import { receiver } from '../testing/receiver.ts';
import { scene } from '../testing/scene.ts';
import type { Scene } from '../testing/scene.ts';
import { PersonCannot } from './cannot.ts';

const text = (words: string): object => ({ type: 'plain_text', text: words });
const card = [
  {
    type: 'section',
    block_id: 'menu',
    text: text('Who?'),
    accessory: { type: 'external_select', action_id: 'who', placeholder: text('Search') },
  },
  {
    type: 'actions',
    block_id: 'level',
    elements: [{ type: 'static_select', action_id: 'severity', options: [{ text: text('High'), value: 'high' }] }],
  },
  {
    type: 'actions',
    block_id: 'decide',
    elements: [
      { type: 'button', action_id: 'approve', text: text('Approve'), value: 'chg-1' },
      { type: 'overflow', action_id: 'more', options: [{ text: text('Undo'), value: 'undo' }] },
    ],
  },
];

async function posted(
  options: Parameters<typeof scene>[0] = {},
): Promise<Scene & { readonly at: { readonly channel: string; readonly ts: string } }> {
  const set = await scene(options, { requestUrl: (await receiver()).url });
  const { answer } = await callApi(set.slack.apiUrl, 'chat.postMessage', set.bot.token, {
    channel: set.general.id,
    text: 'Card',
    blocks: card,
  });
  await set.slack.quiet();
  return { ...set, at: { channel: set.general.id, ts: String(answer['ts']) } };
}

const lastPayload = ({ slack }: Scene): Readonly<Record<string, unknown>> | undefined =>
  slack.deliveries.at(-1)?.payload;

it('a button says where it is, what it is worth and who pressed it', async () => {
  const set = await posted();
  await set.slack.person(set.ann).click(set.at, 'approve');
  expect(lastPayload(set)).toMatchObject({
    type: 'block_actions',
    user: { id: set.ann.id, team_id: set.team.id },
    team: { id: set.team.id },
    channel: { id: set.general.id },
    container: { type: 'message', message_ts: set.at.ts, is_ephemeral: false },
    message: { ts: set.at.ts },
    actions: [{ type: 'button', action_id: 'approve', block_id: 'decide', value: 'chg-1' }],
  });
});

it('a menu says what was chosen', async () => {
  const set = await posted();
  await set.slack.person(set.ann).click(set.at, 'more', { given: 'Undo' });
  expect(lastPayload(set)).toMatchObject({
    actions: [{ type: 'overflow', action_id: 'more', selected_option: { value: 'undo' } }],
  });
});

it('a button says what its presser has chosen in the message before', async () => {
  const set = await posted();
  await set.slack.person(set.ann).click(set.at, 'severity', { given: 'high' });
  await set.slack.person(set.ann).click(set.at, 'approve');
  expect(lastPayload(set)).toMatchObject({
    actions: [{ action_id: 'approve' }],
    state: { values: { level: { severity: { selected_option: { value: 'high' } } } } },
  });
});

it('nobody presses what is not there, or where he is not', async () => {
  const set = await posted();
  const stranger = set.slack.addUser(set.team, { name: 'bob' });
  await expect(set.slack.person(set.ann).click(set.at, 'reject')).rejects.toThrow(PersonCannot);
  await expect(set.slack.person(stranger).click(set.at, 'approve')).rejects.toThrow(PersonCannot);
  set.ann.isDeleted = true;
  await expect(set.slack.person(set.ann).click(set.at, 'approve')).rejects.toThrow(PersonCannot);
});

it.each(['installation', 'home'] as const)(
  'a person of another company presses it too; the payload names the workspace by its %s',
  async (strangersTeam) => {
    const set = await posted({ strangersTeam });
    const rival = set.slack.addTeam('Rival');
    const rob = set.slack.addUser(rival, { name: 'rob' });
    set.general.teams.add(rival);
    set.slack.invite(set.general, rob);
    await set.slack.quiet();
    await set.slack.person(rob).click(set.at, 'approve');
    expect(lastPayload(set)).toMatchObject({
      user: { id: rob.id, team_id: rival.id },
      team: { id: strangersTeam === 'home' ? rival.id : set.team.id },
    });
    await expect(set.slack.person(rob).slash('/jamie', '', set.general)).rejects.toThrow(PersonCannot);
  },
);

it('of a message that one person sees the app gets no content, and can still answer', async () => {
  const set = await posted();
  await callApi(set.slack.apiUrl, 'chat.postEphemeral', set.bot.token, {
    channel: set.general.id,
    user: set.ann.id,
    text: 'psst',
    blocks: card,
  });
  const own = set.slack.person(set.ann).sees(set.general).at(-1);
  await set.slack.person(set.ann).click({ channel: set.general.id, ts: own?.ts ?? '' }, 'approve');
  expect(lastPayload(set)).toMatchObject({
    container: { is_ephemeral: true },
    response_url: expect.stringContaining('/actions/') as string,
  });
  expect(lastPayload(set)).not.toHaveProperty('message');
});

it('a menu that asks its app shows the options that Slack would take', async () => {
  const set = await posted();
  const bolt = await boltApp(set);
  bolt.options('who', async ({ ack, payload }) =>
    ack({
      options: [
        {
          text: { type: 'plain_text', text: payload.value === 'long' ? 'x'.repeat(76) : `${payload.value}!` },
          value: 'a',
        },
      ],
    }),
  );
  expect(await set.slack.person(set.ann).suggest(set.at, 'who', 'ann')).toMatchObject([
    { text: { text: 'ann!' }, value: 'a' },
  ]);
  expect(await set.slack.person(set.ann).suggest(set.at, 'who', 'long')).toEqual([]);
});

it('shortcuts come with the message, or with nothing but a trigger', async () => {
  const set = await posted();
  const ann = set.slack.person(set.ann);
  await ann.messageShortcut('diagnose', set.at);
  expect(lastPayload(set)).toMatchObject({
    type: 'message_action',
    callback_id: 'diagnose',
    message_ts: set.at.ts,
    message: { text: 'Card' },
    trigger_id: expect.any(String) as string,
    response_url: expect.any(String) as string,
  });
  await ann.shortcut('open');
  expect(lastPayload(set)).toMatchObject({
    type: 'shortcut',
    callback_id: 'open',
    trigger_id: expect.any(String) as string,
  });
  await expect(ann.shortcut('diagnose')).rejects.toThrow(PersonCannot);
});
