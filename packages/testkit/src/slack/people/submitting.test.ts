import type { ModalView } from '@slack/types';
import type { App, SlackViewAction, ViewResponseAction } from '@slack/bolt';
import { expect, it } from 'vitest';
import { boltApp } from '../testing/bolt-app.ts';
import { scene } from '../testing/scene.ts';
import type { Scene } from '../testing/scene.ts';
import { PersonCannot } from './cannot.ts';

const input = (blockId: string, element: object, more: object = {}): object => ({
  type: 'input',
  block_id: blockId,
  label: { type: 'plain_text', text: blockId },
  element,
  ...more,
});
const option = (value: string): object => ({ text: { type: 'plain_text', text: value.toUpperCase() }, value });
const form = {
  type: 'modal',
  callback_id: 'incident',
  notify_on_close: true,
  title: { type: 'plain_text', text: 'Incident' },
  submit: { type: 'plain_text', text: 'Open' },
  blocks: [
    input('what', { type: 'plain_text_input', action_id: 'title', max_length: 10 }),
    input('how-bad', { type: 'static_select', action_id: 'severity', options: [option('sev1'), option('sev2')] }),
    input('where', { type: 'plain_text_input', action_id: 'place' }, { optional: true }),
  ],
};

interface Opened extends Scene {
  readonly bolt: App;
  readonly submitted: SlackViewAction[];
}

async function opened(answer?: ViewResponseAction, view: object = form): Promise<Opened> {
  const set = await scene();
  const bolt = await boltApp(set);
  const submitted: SlackViewAction[] = [];
  bolt.shortcut('open', async ({ ack, body, client }) => {
    await client.views.open({ trigger_id: body.trigger_id, view: view as never });
    await ack();
  });
  bolt.view('incident', async ({ ack, body }) => {
    submitted.push(body);
    await (answer === undefined ? ack() : ack(answer as never));
  });
  bolt.view({ callback_id: 'incident', type: 'view_closed' }, async ({ ack, body }) => {
    submitted.push(body);
    await ack();
  });
  await set.slack.person(set.ann).shortcut('open');
  return { ...set, bolt, submitted };
}

it('what was filled in arrives by block and action, and the form closes', async () => {
  const { slack, ann, submitted } = await opened();
  expect(await slack.person(ann).submit({ title: 'Web down', severity: 'sev1' })).toEqual({
    isAcknowledged: true,
    problem: '',
    errors: {},
  });
  expect(submitted[0]).toMatchObject({
    type: 'view_submission',
    user: { id: ann.id, team_id: ann.team.id },
    view: {
      callback_id: 'incident',
      state: {
        values: {
          what: { title: { type: 'plain_text_input', value: 'Web down' } },
          'how-bad': { severity: { selected_option: { value: 'sev1' } } },
          where: { place: { value: null } },
        },
      },
    },
  });
  expect(slack.person(ann).forms()).toEqual([]);
});

it('errors stand beside their fields, and the form stays', async () => {
  const { slack, ann } = await opened({ response_action: 'errors', errors: { what: 'Say more' } });
  expect(await slack.person(ann).submit({ title: 'x', severity: 'SEV2' })).toMatchObject({
    errors: { what: 'Say more' },
  });
  expect(slack.person(ann).forms()).toHaveLength(1);
});

it('an error for a field that is not there is no answer', async () => {
  const { slack, ann } = await opened({ response_action: 'errors', errors: { nowhere: 'Say more' } });
  expect(await slack.person(ann).submit({ title: 'x', severity: 'sev2' })).toMatchObject({
    isAcknowledged: false,
    problem: expect.stringContaining('trouble') as string,
  });
});

it('an update shows another view in the same place, a push one on top, and clear closes all', async () => {
  const done: ModalView = { type: 'modal', title: { type: 'plain_text', text: 'Done' }, blocks: [{ type: 'divider' }] };
  const titles = ({ slack, ann }: Opened): unknown[] =>
    slack
      .person(ann)
      .forms()
      .map(({ content }) => content.title?.['text']);
  const update = await opened({ response_action: 'update', view: done });
  await update.slack.person(update.ann).submit({ title: 'x', severity: 'sev2' });
  expect(titles(update)).toEqual(['Done']);
  const push = await opened({ response_action: 'push', view: done });
  await push.slack.person(push.ann).submit({ title: 'x', severity: 'sev2' });
  expect(titles(push)).toEqual(['Incident', 'Done']);
  const clear = await opened({ response_action: 'clear' });
  await clear.slack.person(clear.ann).submit({ title: 'x', severity: 'sev2' });
  expect(titles(clear)).toEqual([]);
});

it('an update that Slack would refuse leaves the form with trouble', async () => {
  const { slack, ann } = await opened({
    response_action: 'update',
    view: { type: 'modal', title: { type: 'plain_text', text: 'x'.repeat(25) }, blocks: [] },
  });
  expect((await slack.person(ann).submit({ title: 'x', severity: 'sev2' })).isAcknowledged).toBe(false);
  expect(slack.person(ann).forms()).toHaveLength(1);
});

it.each([
  ['a needed field empty', { severity: 'sev1' }],
  ['an option that is not there', { title: 'x', severity: 'sev9' }],
  ['a text that is too long', { title: 'x'.repeat(11), severity: 'sev1' }],
  ['a field that is not there', { title: 'x', severity: 'sev1', colour: 'red' }],
])('a person cannot send a form with %s', async (_, values) => {
  const { slack, ann, submitted } = await opened();
  await expect(slack.person(ann).submit(values)).rejects.toThrow(PersonCannot);
  expect(submitted).toEqual([]);
});

it('the app that asked for it hears that a form was closed', async () => {
  const { slack, ann, submitted } = await opened();
  await slack.person(ann).close();
  expect(submitted).toMatchObject([{ type: 'view_closed', is_cleared: false, view: { callback_id: 'incident' } }]);
  const quiet = await opened(undefined, { ...form, notify_on_close: false });
  await quiet.slack.person(quiet.ann).close();
  expect(quiet.submitted).toEqual([]);
});

it('a chosen conversation comes with an address to answer at, where the menu asks for one', async () => {
  const menu = (isAsked: boolean): object => ({
    type: 'conversations_select',
    action_id: 'channel',
    ...(isAsked ? { response_url_enabled: true } : {}),
  });
  for (const isAsked of [true, false]) {
    const { slack, ann, general, submitted } = await opened(undefined, {
      ...form,
      blocks: [input('where', menu(isAsked))],
    });
    await slack.person(ann).submit({ channel: general.id });
    const urls = (
      submitted[0] as unknown as {
        readonly response_urls: readonly { readonly response_url: string; readonly channel_id: string }[];
      }
    ).response_urls;
    expect(urls.map(({ channel_id: id }) => id)).toEqual(isAsked ? [general.id] : []);
    for (const { response_url: url } of urls) {
      expect(
        await (
          await fetch(url, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ text: 'Here.' }),
          })
        ).text(),
      ).toBe('ok');
    }
  }
});
