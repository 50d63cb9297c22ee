import { describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import { fakeSurroundings } from '../testing/fake-surroundings.ts';
import type { Surroundings } from '../surroundings.ts';
import type { LaptopWish, SlackDoor } from './slack-door.ts';

const unused = async (): Promise<never> => await Promise.reject(new Error('not in this test'));
const door: SlackDoor = {
  manifest: unused,
  doctor: unused,
  run: unused,
  deadLetters: unused,
  replay: unused,
  drop: unused,
  migrate: unused,
  installLink: unused,
  serveLaptop: unused,
};

async function run(
  args: readonly string[],
  given: Partial<SlackDoor>,
  changed: Partial<Surroundings> = {},
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const fake = fakeSurroundings({ slack: async () => ({ ...door, ...given }), ...changed });
  const code = await main([...args], fake.surroundings, new AbortController().signal);
  return { code, out: fake.out(), err: fake.err() };
}

/** Of the real table. */
const manifest: SlackDoor['manifest'] = async (wish) => {
  const [{ botRegistry }, { appManifest }] = await Promise.all([
    import('@autodevops/bot/handlers'),
    import('@autodevops/bot/manifest'),
  ]);
  return appManifest(
    botRegistry(() => []),
    {
      name: wish.name,
      unfurlDomains: wish.unfurlDomains,
      isDistributed: wish.isDistributed,
      readsEmail: wish.readsEmail,
      ...(wish.url === undefined ? {} : { publicUrl: wish.url }),
    },
  );
};

describe('npm start -- --slack', () => {
  it('without tokens explains in five steps how to get them, with the manifest to paste', async () => {
    const { code, out } = await run(['__start', '--slack'], { manifest });
    expect(code).toBe(0);
    expect(out.match(/^\d\. /gm)).toEqual(['1. ', '2. ', '3. ', '4. ', '5. ']);
    expect(out).toContain('socket_mode_enabled: true');
    expect(out).toContain('command: /jamie');
  });

  it('with both tokens is the bot of the current cluster, and says how to be known there', async () => {
    const wishes: LaptopWish[] = [];
    const serveLaptop: SlackDoor['serveLaptop'] = async (wish) => {
      wishes.push(wish);
      wish.started({ agent: 'inside', log: '/state/slack-bot.log', code: 'ABCDE-FGHJK', flaw: undefined });
    };
    const { out } = await run(
      ['__start', '--slack'],
      { serveLaptop },
      { environment: { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1-A1-2-3', SLACK_INCIDENT_CHANNEL: 'C1' } },
    );
    expect(wishes).toMatchObject([{ context: 'dev', botToken: 'xoxb-1', incidentChannel: 'C1' }]);
    expect(out).toContain('/autodevops link ABCDE-FGHJK');
    expect(out).not.toContain('xoxb');
  });

  it('that does not reach Slack says so, and what to look at', async () => {
    const serveLaptop: SlackDoor['serveLaptop'] = async (wish) =>
      wish.started({
        agent: 'inside',
        log: '/state/slack-bot.log',
        code: undefined,
        flaw: 'an app has no connection to Slack (unreachable)',
      });
    const { out } = await run(
      ['__start', '--slack'],
      { serveLaptop },
      { environment: { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1-A1-2-3' } },
    );
    expect(out).toContain('is not in Slack yet: an app has no connection to Slack (unreachable)');
    expect(out).not.toContain('The bot is in Slack');
  });

  it('where no cluster answers takes the sample', async () => {
    const wishes: LaptopWish[] = [];
    await run(
      ['__start', '--slack'],
      { serveLaptop: async (wish) => void wishes.push(wish) },
      { answers: async () => false, environment: { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1-A1-2-3' } },
    );
    expect(wishes).toMatchObject([{ context: undefined, incidentChannel: undefined }]);
  });
});

describe('autodevops slack', () => {
  it('prints the manifest for either transport', async () => {
    expect((await run(['slack', 'manifest'], { manifest })).out).toContain('socket_mode_enabled: true');
    const http = JSON.parse(
      (await run(['slack', 'manifest', '--url', 'https://bot.example.com', '-o', 'json'], { manifest })).out,
    ) as { settings: { socket_mode_enabled: boolean } };
    expect(http.settings.socket_mode_enabled).toBe(false);
  });

  it('tells what is missing, and with what exit code', async () => {
    const { code, out } = await run(['slack', 'doctor'], {
      doctor: async () => [
        { name: 'A1 bot token', state: 'missing', says: 'Slack says invalid_auth.', remedy: 'Correct the token.' },
      ],
    });
    expect(code).toBe(1);
    expect(out).toMatch(/A1 bot token +Slack says invalid_auth\./);
    expect(
      (await run(['slack', 'doctor'], { doctor: async () => [{ name: 'x', state: 'fine', says: 'y', remedy: '' }] }))
        .code,
    ).toBe(0);
  });
});

describe('autodevops bot outbox', () => {
  it('shows what was given up, with its reason', async () => {
    const deadLetters: SlackDoor['deadLetters'] = async () => [
      {
        id: 'incident/inc-1/root',
        kind: 'message',
        about: 'acme: T1/C1',
        since: '2026-01-01T11:00:00.000Z',
        attempts: 3,
        why: 'Slack: is_archived\u001b[31m',
      },
    ];
    const { out } = await run(['bot', 'outbox'], { deadLetters });
    expect(out).toMatch(/60 minutes ago +message +incident\/inc-1\/root +acme: T1\/C1 +Slack: is_archived/);
    expect(out).not.toContain('\u001b[31m');
  });

  it('lets one be tried again, and says when there is none', async () => {
    const asked: string[] = [];
    const replay: SlackDoor['replay'] = async (_config, id) => asked.push(id) > 0 && id === 'known';
    expect(await run(['bot', 'outbox', 'replay', 'known'], { replay })).toMatchObject({
      code: 0,
      out: 'It is tried again.\n',
    });
    expect(await run(['bot', 'outbox', 'replay', 'unknown'], { replay })).toMatchObject({ code: 64 });
    expect(await run(['bot', 'outbox', 'drop', 'known'], { drop: replay })).toMatchObject({
      code: 0,
      out: 'It is dropped.\n',
    });
    expect(await run(['bot', 'outbox', 'burn', 'known'], { replay })).toMatchObject({ code: 64 });
    expect(asked).toEqual(['known', 'unknown', 'known']);
  });
});

describe('autodevops bot migrate', () => {
  it("takes the owner's address from the environment alone", async () => {
    const done: string[] = [];
    const migrate: SlackDoor['migrate'] = async (address, role) => void done.push(`${address} ${role}`);
    expect(await run(['bot', 'migrate', '--role', 'bot'], { migrate })).toMatchObject({ code: 64 });
    expect(
      await run(['bot', 'migrate'], { migrate }, { environment: { BOT_DATABASE_OWNER: 'postgres://owner@db/bot' } }),
    ).toMatchObject({ code: 64 });
    expect(
      await run(
        ['bot', 'migrate', '--role', 'bot'],
        { migrate },
        { environment: { BOT_DATABASE_OWNER: 'postgres://owner@db/bot' } },
      ),
    ).toMatchObject({ code: 0, out: 'The tables are up to date.\n' });
    expect(done).toEqual(['postgres://owner@db/bot bot']);
  });
});
