import { expect, it, vi } from 'vitest';
import { callApi } from '../testing/api-call.ts';
import { boltApp } from '../testing/bolt-app.ts';
import { everything, scene } from '../testing/scene.ts';
import type { Scene } from '../testing/scene.ts';

type Args = Readonly<Record<string, unknown>>;
const ask = async ({ slack, bot }: Scene, method: string, args: Args): Promise<Args> =>
  (await callApi(slack.apiUrl, method, bot.token, args)).answer;
const modal = (more: Args = {}): Args => ({
  type: 'modal',
  title: { type: 'plain_text', text: 'Form' },
  blocks: [{ type: 'divider' }],
  ...more,
});
const home = (text: string): Args => ({
  type: 'home',
  blocks: [{ type: 'section', text: { type: 'plain_text', text } }],
});

/** A trigger that a person has just pulled. */
async function trigger(set: Scene): Promise<string> {
  const before = set.slack.deliveries.length;
  await set.slack.person(set.ann).shortcut('open');
  return String(set.slack.deliveries[before]?.payload['trigger_id']);
}

async function withApp(): Promise<Scene> {
  const set = await scene();
  const bolt = await boltApp(set);
  bolt.shortcut('open', async ({ ack }) => ack());
  bolt.command('/jamie', async ({ ack }) => ack());
  bolt.view(/.*/, async ({ ack }) => ack({ response_action: 'errors', errors: { one: 'Say more' } }));
  return set;
}

it('a trigger opens one view, within three seconds', async () => {
  const set = await withApp();
  const used = await trigger(set);
  expect(await ask(set, 'views.open', { trigger_id: used, view: modal() })).toMatchObject({
    ok: true,
    view: { type: 'modal', app_id: set.app.id },
  });
  expect(await ask(set, 'views.open', { trigger_id: used, view: modal() })).toMatchObject({
    error: 'exchanged_trigger_id',
  });
  const [late, inTime] = [await trigger(set), await trigger(set)];
  await set.slack.clock.advance(3_000);
  expect(await ask(set, 'views.open', { trigger_id: inTime, view: modal() })).toMatchObject({ ok: true });
  await set.slack.clock.advance(1);
  expect(await ask(set, 'views.open', { trigger_id: late, view: modal() })).toMatchObject({
    error: 'expired_trigger_id',
  });
  expect(await ask(set, 'views.open', { trigger_id: '1.2.three', view: modal() })).toMatchObject({
    error: 'invalid_trigger_id',
  });
  const fresh = await trigger(set);
  const other = set.slack.install(set.slack.addApp({ manifest: everything }), set.team);
  const stolen = await callApi(set.slack.apiUrl, 'views.open', other.token, { trigger_id: fresh, view: modal() });
  expect(stolen.answer).toMatchObject({ error: 'invalid_trigger_id' });
});

it('a form that is opened takes the place of one that was open', async () => {
  const set = await withApp();
  for (const title of ['First', 'Second']) {
    await ask(set, 'views.open', {
      trigger_id: await trigger(set),
      view: modal({ title: { type: 'plain_text', text: title } }),
    });
  }
  expect(
    set.slack
      .person(set.ann)
      .forms()
      .map(({ content }) => content.title?.['text']),
  ).toEqual(['Second']);
});

it('a view that is wrong does not use its trigger up', async () => {
  const set = await withApp();
  const id = await trigger(set);
  const wrong = modal({ title: { type: 'plain_text', text: 'x'.repeat(25) } });
  expect(await ask(set, 'views.open', { trigger_id: id, view: wrong })).toMatchObject({
    error: 'invalid_arguments',
    response_metadata: { messages: [expect.stringContaining('/view/title') as string] },
  });
  expect(await ask(set, 'views.open', { trigger_id: id, view: modal() })).toMatchObject({ ok: true });
});

it('no more than three views lie on one another', async () => {
  const set = await withApp();
  await ask(set, 'views.open', { trigger_id: await trigger(set), view: modal() });
  for (const title of ['Second', 'Third']) {
    expect(
      await ask(set, 'views.push', {
        trigger_id: await trigger(set),
        view: modal({ title: { type: 'plain_text', text: title } }),
      }),
    ).toMatchObject({ ok: true });
  }
  expect(await ask(set, 'views.push', { trigger_id: await trigger(set), view: modal() })).toMatchObject({
    error: 'push_limit_reached',
  });
  expect(
    set.slack
      .person(set.ann)
      .forms()
      .map(({ content }) => content.title?.['text']),
  ).toEqual(['Form', 'Second', 'Third']);
});

it('a view that changed in the meantime is not changed by who has not seen it', async () => {
  const set = await withApp();
  const { view } = (await ask(set, 'views.open', { trigger_id: await trigger(set), view: modal() })) as {
    readonly view: { readonly id: string; readonly hash: string };
  };
  expect(await ask(set, 'views.update', { view_id: view.id, hash: view.hash, view: modal() })).toMatchObject({
    ok: true,
  });
  expect(await ask(set, 'views.update', { view_id: view.id, hash: view.hash, view: modal() })).toMatchObject({
    error: 'hash_conflict',
  });
  expect(await ask(set, 'views.update', { view_id: view.id, view: modal() })).toMatchObject({ ok: true });
  expect(await ask(set, 'views.update', { view_id: 'V0NONE', view: modal() })).toMatchObject({ error: 'not_found' });
});

it('what was typed stays where its field is still there', async () => {
  const set = await withApp();
  const field = (block: string, action: string): Args => ({
    type: 'input',
    block_id: block,
    label: { type: 'plain_text', text: block },
    element: { type: 'plain_text_input', action_id: action },
  });
  const form = (...blocks: readonly Args[]): Args => modal({ submit: { type: 'plain_text', text: 'Go' }, blocks });
  const { view } = (await ask(set, 'views.open', {
    trigger_id: await trigger(set),
    view: form(field('one', 'a'), field('two', 'b')),
  })) as { readonly view: { readonly id: string } };
  await set.slack.person(set.ann).submit({ a: 'first', b: 'second' });
  const answer = await ask(set, 'views.update', {
    view_id: view.id,
    view: form(field('one', 'a'), field('two', 'other')),
  });
  expect(answer).toMatchObject({ view: { state: { values: { one: { a: { value: 'first' } } } } } });
  expect(
    (answer as { readonly view: { readonly state: { readonly values: Args } } }).view.state.values,
  ).not.toHaveProperty('two');
});

it('two open views of an app have not one external id', async () => {
  const set = await withApp();
  await ask(set, 'views.open', { trigger_id: await trigger(set), view: modal({ external_id: 'one' }) });
  expect(
    await ask(set, 'views.push', { trigger_id: await trigger(set), view: modal({ external_id: 'one' }) }),
  ).toMatchObject({ error: 'duplicate_external_id' });
  expect(await ask(set, 'views.update', { external_id: 'one', view: modal() })).toMatchObject({ ok: true });
});

it('the Home tab is published for one person, and its hash is watched', async () => {
  const set = await withApp();
  const first = (await ask(set, 'views.publish', { user_id: set.ann.id, view: home('one') })) as {
    readonly view: { readonly id: string; readonly hash: string };
  };
  const second = (await ask(set, 'views.publish', {
    user_id: set.ann.id,
    view: home('two'),
    hash: first.view.hash,
  })) as typeof first;
  expect(second.view.id).toBe(first.view.id);
  expect(
    await ask(set, 'views.publish', { user_id: set.ann.id, view: home('three'), hash: first.view.hash }),
  ).toMatchObject({ error: 'hash_conflict' });
  expect(set.slack.person(set.ann).home(set.app)?.content.blocks).toMatchObject([{ text: { text: 'two' } }]);
  expect(await ask(set, 'views.publish', { user_id: 'U0NOBODY', view: home('x') })).toMatchObject({
    error: 'user_not_found',
  });
});

it('an app that is told of an opened Home tab can fill it', async () => {
  const set = await scene();
  const bolt = await boltApp(set);
  bolt.event(
    'app_home_opened',
    async ({ event, client }) =>
      void (await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'divider' }] } })),
  );
  const ann = set.slack.person(set.ann);
  ann.openHome(set.app);
  expect((await vi.waitUntil(() => ann.home(set.app))).content.blocks).toMatchObject([{ type: 'divider' }]);
});
