import { WebClient } from '@slack/web-api';
import { expect, it } from 'vitest';
import { callApi } from '../testing/api-call.ts';
import { everything, scene } from '../testing/scene.ts';
import type { Scene } from '../testing/scene.ts';

type Args = Readonly<Record<string, unknown>>;
const ask = async ({ slack, bot }: Scene, method: string, args: Args): Promise<Args> =>
  (await callApi(slack.apiUrl, method, bot.token, args)).answer;

it('the SDK uploads in three steps; the message comes when the file is processed', async () => {
  const set = await scene();
  const { slack, bot, general, ann } = set;
  const { ts: root } = slack.person(ann).say(general, 'logs?');
  const client = new WebClient(bot.token, { slackApiUrl: slack.apiUrl });
  const uploaded = (await client.filesUploadV2({
    channel_id: general.id,
    thread_ts: root,
    filename: 'web.log',
    title: 'Logs of web',
    content: 'línea',
    initial_comment: 'Here',
  })) as unknown as { readonly files: readonly { readonly files: readonly { readonly id: string }[] }[] };
  const id = uploaded.files[0]?.files[0]?.id ?? '';
  expect(slack.calls.all.map(({ method }) => method)).toEqual([
    'files.getUploadURLExternal',
    'files.completeUploadExternal',
  ]);
  expect(slack.person(ann).thread(general, root)).toHaveLength(1);
  expect((await client.files.info({ file: id })).file).toMatchObject({ mimetype: '', channels: [] });
  await slack.clock.advance(1000);
  expect(slack.person(ann).thread(general, root)).toMatchObject([
    {},
    { text: 'Here', files: [{ name: 'web.log', title: 'Logs of web' }] },
  ]);
  const { file } = await client.files.info({ file: id });
  expect(file).toMatchObject({ mimetype: 'text/plain', size: 6, channels: [general.id] });
  const download = await fetch(file?.url_private ?? '', { headers: { authorization: `Bearer ${bot.token}` } });
  expect(await download.text()).toBe('línea');
});

it('a file of which nothing, or something else, arrived is not completed', async () => {
  const set = await scene();
  const { upload_url: url, file_id: id } = await ask(set, 'files.getUploadURLExternal', {
    filename: 'a.txt',
    length: 3,
  });
  const complete = (): Promise<Args> => ask(set, 'files.completeUploadExternal', { files: [{ id }] });
  expect(await complete()).toMatchObject({ error: 'file_update_failed' });
  await fetch(String(url), { method: 'POST', body: 'four' });
  expect(await complete()).toMatchObject({ error: 'file_update_failed' });
  await fetch(String(url), { method: 'POST', body: 'abc' });
  expect(await complete()).toMatchObject({ ok: true, files: [{ id, title: 'a.txt' }] });
});

it('a picture has words for who does not see it, a thousand characters at most', async () => {
  const set = await scene();
  const client = new WebClient(set.bot.token, { slackApiUrl: set.slack.apiUrl });
  await client.filesUploadV2({
    channel_id: set.general.id,
    filename: 'graph.png',
    file: Buffer.from([1]),
    alt_text: 'web calls db',
  });
  await set.slack.clock.advance(1000);
  expect(set.slack.person(set.ann).sees(set.general)).toMatchObject([
    { files: [{ name: 'graph.png', altText: 'web calls db' }] },
  ]);
  expect(
    await ask(set, 'files.getUploadURLExternal', { filename: 'a.png', length: 3, alt_txt: 'x'.repeat(1001) }),
  ).toMatchObject({ error: 'alt_txt_too_large' });
});

it('a file of another workspace is not there', async () => {
  const set = await scene();
  const { file_id: id } = await ask(set, 'files.getUploadURLExternal', { filename: 'a.txt', length: 3 });
  const rival = set.slack.install(set.app, set.slack.addTeam('Rival'));
  const info = await callApi(set.slack.apiUrl, 'files.info', rival.token, { file: id });
  const complete = await callApi(set.slack.apiUrl, 'files.completeUploadExternal', rival.token, { files: [{ id }] });
  expect([info.answer, complete.answer]).toMatchObject([{ error: 'file_not_found' }, { error: 'file_not_found' }]);
});

it('an upload into a channel that the bot is not in is refused', async () => {
  const set = await scene();
  const other = set.slack.addChannel(set.team, { name: 'other', members: [set.ann] });
  const { upload_url: url, file_id: id } = await ask(set, 'files.getUploadURLExternal', {
    filename: 'a.txt',
    length: 3,
  });
  await fetch(String(url), { method: 'POST', body: 'abc' });
  expect(await ask(set, 'files.completeUploadExternal', { files: [{ id }], channel_id: other.id })).toMatchObject({
    error: 'not_in_channel',
  });
});

it('bytes are given only to who may read files there', async () => {
  const set = await scene({ fileDelay: 0 });
  const { upload_url: url, file_id: id } = await ask(set, 'files.getUploadURLExternal', {
    filename: 'a.txt',
    length: 3,
  });
  await fetch(String(url), { method: 'POST', body: 'abc' });
  await ask(set, 'files.completeUploadExternal', { files: [{ id }], channel_id: set.general.id });
  const { file } = (await ask(set, 'files.info', { file: id })) as { readonly file: { readonly url_private: string } };
  const poor = set.slack.install(set.slack.addApp({ manifest: everything }), set.team, { scopes: ['chat:write'] });
  const rival = set.slack.install(set.app, set.slack.addTeam('Rival'));
  const status = async (token: string): Promise<number> =>
    (await fetch(file.url_private, { redirect: 'manual', headers: { authorization: `Bearer ${token}` } })).status;
  expect([
    await status(set.bot.token),
    await status(poor.token),
    await status(rival.token),
    await status('xoxb-nobody'),
  ]).toEqual([200, 302, 302, 302]);
});
