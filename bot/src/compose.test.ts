import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handler } from './handling/handler.ts';
import type { Handler, Surroundings } from './handling/handler.ts';
import { registryOf } from './handling/registry.ts';
import { appUninstalled } from './installing/leaving.ts';
import { eventually, startBench } from './testing/bot-on-stand-in.ts';
import type { Bench } from './testing/bot-on-stand-in.ts';

const Any = z.looseObject({});

/** Handlers that say what they were asked, and nothing else. */
function echoing(worked: string[]): readonly Handler[] {
  const note = async (what: string, { actor, customer }: Surroundings): Promise<void> =>
    void worked.push(`${customer} ${actor.user.name} ${what}`);
  const form = z.looseObject({ view: z.looseObject({ state: z.looseObject({ values: z.looseObject({}) }) }) });
  return [
    handler({
      name: 'command./echo',
      payload: z.looseObject({ text: z.string(), response_url: z.string(), trigger_id: z.string() }),
      need: 'read',
      listing: { description: 'Says it again.' },
      handle: async ({ text, response_url: url, trigger_id: trigger }, surroundings) => {
        await note(`/echo ${text}`, surroundings);
        if (text === 'form') {
          await surroundings.slack.openView(
            trigger,
            {
              type: 'modal',
              callback_id: 'echo-form',
              title: { type: 'plain_text', text: 'Echo' },
              submit: { type: 'plain_text', text: 'Send' },
              blocks: [
                {
                  type: 'input',
                  block_id: 'words',
                  label: { type: 'plain_text', text: 'Words' },
                  element: { type: 'plain_text_input', action_id: 'words' },
                },
              ],
            },
            surroundings.signal,
          );
          return;
        }
        await surroundings.slack.respond(url, { text: `echo: ${text}`, blocks: [] }, surroundings.signal);
      },
    }),
    handler({
      name: 'event.app_mention',
      payload: Any,
      need: 'read',
      scopes: ['app_mentions:read'],
      handle: async (_payload, surroundings) => await note('mentioned', surroundings),
    }),
    handler({
      name: 'action.press',
      payload: Any,
      need: 'act',
      handle: async (_payload, surroundings) => await note('pressed', surroundings),
    }),
    handler({
      name: 'view.echo-form',
      payload: form,
      need: 'act',
      handle: async (_payload, surroundings) => await note('submitted', surroundings),
      fieldErrors: (payload) =>
        JSON.stringify(payload.view.state.values).includes('bad') ? { words: 'Not that.' } : {},
    }),
  ];
}

function button(key: string): Parameters<Bench['store']['messages']['want']>[0][number] {
  return {
    key,
    customer: 'acme',
    lane: 'incident',
    place: { app: '', team: '', channel: '' },
    digest: key,
    content: {
      text: key,
      blocks: [
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'press', text: { type: 'plain_text', text: 'Press' }, value: 'v' }],
        },
      ],
    },
  };
}

async function posted({ store, app, team, channel, ann }: Bench, key: string): Promise<string> {
  await store.messages.want([{ ...button(key), place: { app: app.id, team: team.id, channel: channel.id } }]);
  await eventually(`${key} is posted`, () => ann.sees(channel).some(({ text }) => text === key));
  return ann.sees(channel).find(({ text }) => text === key)?.ts ?? '';
}

for (const transport of ['http', 'socket'] as const) {
  describe(`over ${transport}, the bot`, () => {
    const worked: string[] = [];
    let bench: Bench;
    beforeAll(async () => {
      bench = await startBench({ transport, registry: registryOf(echoing(worked), [appUninstalled]) });
    });
    afterAll(async () => await bench.close());

    it('is ready', async () => {
      await eventually('it is ready', async () => (await bench.bot.flaw()) === undefined);
    });

    it('answers a command to the one who gave it', async () => {
      expect(await bench.ann.slash('/echo', 'hello', bench.channel)).toMatchObject({
        isAcknowledged: true,
        problem: '',
      });
      await eventually('the answer', () =>
        bench.ann
          .sees(bench.channel)
          .some(({ text, onlyFor }) => text === 'echo: hello' && onlyFor === bench.ann.user.id),
      );
      expect(worked).toContain('acme ann /echo hello');
    });

    it('hears a mention', async () => {
      bench.ann.mention(bench.app, bench.channel, 'what is wrong?');
      await eventually('it was heard', () => worked.includes('acme ann mentioned'));
    });

    it('opens a form, says what is wrong in it, and takes it when it is right', async () => {
      await bench.ann.slash('/echo', 'form', bench.channel);
      await eventually('the form', () => bench.ann.forms().length === 1);
      expect(await bench.ann.submit({ words: 'bad' })).toMatchObject({ errors: { words: 'Not that.' } });
      expect(worked).not.toContain('acme ann submitted');
      expect(await bench.ann.submit({ words: 'good' })).toMatchObject({ isAcknowledged: true, errors: {} });
      await eventually('it was taken', () => worked.includes('acme ann submitted'));
    });

    it('works on a click once, though Slack delivers it twice', async () => {
      const ts = await posted(bench, 'two-clicks');
      bench.slack.faults.add({ kind: 'duplicate' }, { times: 1 });
      await bench.ann.click({ channel: bench.channel.id, ts }, 'press');
      await bench.slack.quiet();
      await eventually('it was pressed', () => worked.includes('acme ann pressed'));
      expect(worked.filter((what) => what === 'acme ann pressed')).toHaveLength(1);
    });

    it('changes a message in place', async () => {
      const { store, app, team, channel, ann } = bench;
      const ts = await posted(bench, 'before');
      await store.messages.want([
        {
          ...button('before'),
          digest: 'after',
          content: { text: 'after' },
          place: { app: app.id, team: team.id, channel: channel.id },
        },
      ]);
      await eventually('it is changed', () =>
        ann.sees(channel).some((message) => message.ts === ts && message.text === 'after'),
      );
    });

    it('refuses a guest', async () => {
      const guest = bench.slack.addUser(bench.team, { name: 'gus', guest: 'multi' });
      bench.slack.invite(bench.channel, guest);
      await bench.slack.person(guest).slash('/echo', 'in?', bench.channel);
      await eventually('he is told', () =>
        bench.slack
          .person(guest)
          .sees(bench.channel)
          .some(({ text, onlyFor }) => onlyFor === guest.id && text.startsWith('Guests cannot')),
      );
      expect(worked.some((what) => what.includes('in?'))).toBe(false);
    });
  });
}

describe('over HTTP, the bot', () => {
  const worked: string[] = [];
  let bench: Bench;
  let isStoreDown = false;
  beforeAll(async () => {
    bench = await startBench({
      transport: 'http',
      registry: registryOf(echoing(worked)),
      limits: { bodyBytes: 16_384, perPersonAMinute: 5 },
      store: {
        beforeWrite: () => {
          if (isStoreDown) throw new Error('the store is away');
        },
      },
    });
  });
  afterAll(async () => await bench.close());

  const post = async (
    body: string,
    given: { readonly seconds?: number; readonly secret?: string; readonly url?: string } = {},
  ): Promise<Response> => {
    const time = String(Math.floor(Date.now() / 1000) + (given.seconds ?? 0));
    const signature = `v0=${createHmac('sha256', given.secret ?? bench.app.signingSecret)
      .update(`v0:${time}:${body}`)
      .digest('hex')}`;
    return await fetch(given.url ?? bench.url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-slack-request-timestamp': time,
        'x-slack-signature': signature,
      },
    });
  };

  it('proves its address to Slack', async () => {
    expect(await bench.slack.verifyUrl(bench.app)).toBe(true);
  });

  it('takes nothing that is old, of the future, wrongly signed, too large or no object', async () => {
    expect((await post('{"type":"x"}')).status).toBe(200);
    for (const seconds of [-301, 302, 86_400]) expect((await post('{"type":"x"}', { seconds })).status).toBe(401);
    expect((await post('{"type":"x"}', { secret: 'another' })).status).toBe(401);
    expect((await post(`{"type":"${'x'.repeat(20_000)}"}`).catch(() => ({ status: 413 }))).status).toBe(413);
    for (const body of ['null', '[]', '{', '"text"', '']) expect((await post(body)).status).toBe(400);
  });

  it('keeps apps apart: an event goes to the app that it is signed for', async () => {
    expect(
      (
        await post(
          JSON.stringify({
            command: '/echo',
            trigger_id: '1.1',
            api_app_id: 'A9999',
            team_id: bench.team.id,
            user_id: bench.ann.user.id,
          }),
        )
      ).status,
    ).toBe(403);
    expect((await post('{}', { url: bench.url.replace(bench.app.id, 'A9999') })).status).toBe(404);
  });

  it('answers an unknown command at once', async () => {
    const answer = await post(
      JSON.stringify({
        command: '/other',
        trigger_id: '2.2',
        api_app_id: bench.app.id,
        team_id: bench.team.id,
        user_id: bench.ann.user.id,
      }),
    );
    expect(await answer.json()).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('`/other`') as string,
    });
  });

  it('tells nobody that something arrived which could not be kept', async () => {
    isStoreDown = true;
    const command = await post(
      JSON.stringify({
        command: '/echo',
        text: 'x',
        trigger_id: '3.3',
        api_app_id: bench.app.id,
        team_id: bench.team.id,
        user_id: bench.ann.user.id,
      }),
    );
    expect(await command.json()).toMatchObject({ text: expect.stringContaining('could not be kept') as string });
    const event = await post(
      JSON.stringify({
        type: 'event_callback',
        event_id: 'Ev9',
        api_app_id: bench.app.id,
        team_id: bench.team.id,
        event: { type: 'app_mention', user: bench.ann.user.id, channel: bench.channel.id },
      }),
    );
    expect(event.status).toBe(503);
    isStoreDown = false;
  });

  it('tells a person once that he asks too much', async () => {
    for (let time = 0; time < 40; time += 1) bench.ann.mention(bench.app, bench.channel, `again ${time}`);
    await bench.slack.quiet();
    const told = (): number =>
      bench.ann.sees(bench.channel).filter(({ text }) => text.startsWith('You ask faster')).length;
    await eventually('he is told', () => told() > 0);
    expect(told()).toBe(1);
    expect(worked.filter((what) => what === 'acme ann mentioned').length).toBeLessThanOrEqual(6);
  });

  it('writes no secret into its log', () => {
    const all = bench.log.join('');
    for (const secret of [bench.installed.token, bench.app.signingSecret, bench.app.verificationToken]) {
      expect(all).not.toContain(secret);
    }
  });
});

it('in Socket Mode comes back by itself after a cut, and stays reachable while one connection is renewed', async () => {
  const worked: string[] = [];
  const bench = await startBench({ transport: 'socket', registry: registryOf(echoing(worked)) });
  try {
    await eventually('two connections', () => bench.slack.connectionCount(bench.app) === 2);
    bench.slack.disconnect(bench.app, 'cut');
    await eventually('two connections again', () => bench.slack.connectionCount(bench.app) === 2);
    await bench.ann.slash('/echo', 'still there', bench.channel);
    await eventually('it is answered', () => worked.includes('acme ann /echo still there'));
    bench.slack.disconnect(bench.app, 'refresh_requested');
    await eventually('two connections once more', () => bench.slack.connectionCount(bench.app) === 2);
  } finally {
    await bench.close();
  }
});
