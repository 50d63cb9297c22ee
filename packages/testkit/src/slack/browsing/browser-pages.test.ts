import { expect, it } from 'vitest';
import { callApi } from '../testing/api-call.ts';
import { receiver } from '../testing/receiver.ts';
import { scene } from '../testing/scene.ts';
import type { Scene } from '../testing/scene.ts';

const card = [
  {
    type: 'actions',
    block_id: 'decide',
    elements: [
      { type: 'button', action_id: 'approve', text: { type: 'plain_text', text: 'Approve <b>' }, value: 'chg-1' },
    ],
  },
];

async function shown(set: Scene, path: string): Promise<string> {
  return (await fetch(`${set.slack.url}${path}`)).text();
}

async function act({ slack, ann, general }: Scene, action: object, query = ''): Promise<unknown> {
  const response = await fetch(`${slack.url}as/${ann.id}/${general.id}/act${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(action),
  });
  return response.json();
}

async function served(): Promise<Scene> {
  return scene({}, { requestUrl: (await receiver()).url });
}

it('shows who there is, where they are, and what they see there', async () => {
  const set = await served();
  await callApi(set.slack.apiUrl, 'chat.postMessage', set.bot.token, {
    channel: set.general.id,
    text: 'Card',
    blocks: card,
  });
  await callApi(set.slack.apiUrl, 'chat.postEphemeral', set.bot.token, {
    channel: set.general.id,
    user: set.ann.id,
    text: 'for ann alone',
  });
  expect(await shown(set, '')).toContain(`/as/${set.ann.id}`);
  expect(await shown(set, `as/${set.ann.id}`)).toContain(`/as/${set.ann.id}/${set.general.id}`);
  const page = await shown(set, `as/${set.ann.id}/${set.general.id}`);
  expect(page).toContain('data-action-id="approve"');
  expect(page).toContain('Approve &lt;b&gt;');
  expect(page).toContain('for ann alone');
});

it('shows nobody what is not his', async () => {
  const set = await served();
  const bob = set.slack.addUser(set.team, { name: 'bob' });
  await callApi(set.slack.apiUrl, 'chat.postEphemeral', set.bot.token, {
    channel: set.general.id,
    user: set.ann.id,
    text: 'for ann alone',
  });
  expect((await fetch(`${set.slack.url}as/${bob.id}/${set.general.id}`)).status).toBe(404);
  set.slack.invite(set.general, bob);
  expect(await shown(set, `as/${bob.id}/${set.general.id}`)).not.toContain('for ann alone');
});

it('a button of the page is pressed as that person', async () => {
  const set = await served();
  const { answer } = await callApi(set.slack.apiUrl, 'chat.postMessage', set.bot.token, {
    channel: set.general.id,
    text: 'Card',
    blocks: card,
  });
  expect(await act(set, { kind: 'click', actionId: 'approve', blockId: 'decide', ts: answer['ts'] })).toMatchObject({
    isAcknowledged: true,
  });
  expect(set.slack.deliveries.at(-1)?.payload).toMatchObject({
    type: 'block_actions',
    user: { id: set.ann.id },
    actions: [{ action_id: 'approve', value: 'chg-1' }],
  });
});

it('what is typed is said, is a reply, or is a command', async () => {
  const set = await served();
  await act(set, { kind: 'say', text: 'hello @helper' });
  const [said] = set.general.messages.values();
  expect(said?.text).toBe(`hello <@${set.bot.botUser.id}>`);
  await act(set, { kind: 'say', text: 'again' }, `?thread=${said?.ts ?? ''}`);
  expect([...set.general.messages.values()][1]).toMatchObject({ text: 'again', threadTs: said?.ts });
  await act(set, { kind: 'say', text: '/jamie diagnose' });
  expect(set.slack.deliveries.at(-1)).toMatchObject({
    kind: 'command',
    payload: { command: '/jamie', text: 'diagnose' },
  });
  expect(await act(set, { kind: 'say', text: '/nothing' })).toMatchObject({ isAcknowledged: false });
});

it('a page of another site cannot act here', async () => {
  const set = await served();
  const response = await fetch(`${set.slack.url}as/${set.ann.id}/${set.general.id}/act`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: '{"kind":"say","text":"forged"}',
  });
  expect(response.status).toBe(400);
  expect(set.general.messages.size).toBe(0);
});

it('an open form lies over the page, and Home is a page of its own', async () => {
  const set = await served();
  await set.slack.person(set.ann).shortcut('open');
  const trigger = set.slack.deliveries.at(-1)?.payload['trigger_id'];
  const view = { type: 'modal', title: { type: 'plain_text', text: 'The form' }, blocks: [{ type: 'divider' }] };
  await callApi(set.slack.apiUrl, 'views.open', set.bot.token, { trigger_id: trigger, view });
  expect(await shown(set, `as/${set.ann.id}/${set.general.id}`)).toContain('The form');
  await act(set, { kind: 'close' });
  expect(await shown(set, `as/${set.ann.id}/${set.general.id}`)).not.toContain('The form');
  await callApi(set.slack.apiUrl, 'views.publish', set.bot.token, {
    user_id: set.ann.id,
    view: { type: 'home', blocks: [{ type: 'section', text: { type: 'plain_text', text: 'My approvals' } }] },
  });
  expect(await shown(set, `as/${set.ann.id}/${set.app.id}`)).toContain('My approvals');
});
