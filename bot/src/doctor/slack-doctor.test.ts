import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSlack } from '@autodevops/testkit/slack/start-slack';
import type { SlackStandIn } from '@autodevops/testkit/slack/slack-stand-in';
import { BotConfiguration } from '../configuration/bot-configuration.ts';
import { secretsOf } from '../configuration/secret-source.ts';
import { botRegistry } from '../handling/handlers.ts';
import { appManifest } from '../manifest/app-manifest.ts';
import { slackLogger } from '../observing/slack-logger.ts';
import { fakeAgent } from '../testing/fake-agent.ts';
import { slackDoctor } from './slack-doctor.ts';
import type { SlackCheck } from './slack-check.ts';

describe('the doctor', () => {
  let slack: SlackStandIn;
  beforeAll(async () => {
    slack = await startSlack();
  });
  afterAll(async () => await slack.close());

  const manifest = appManifest(
    botRegistry(() => []),
    { name: 'Auto-DevOps', unfurlDomains: [], isDistributed: false },
  );
  const look = async (given: {
    readonly scopes?: readonly string[];
    readonly id?: string;
    readonly environment?: Record<string, string>;
    readonly isAgentAway?: boolean;
    readonly clock?: number;
    readonly signingSecret?: string;
    readonly wants?: Partial<typeof manifest>;
  }): Promise<readonly SlackCheck[]> => {
    const app = slack.addApp({ manifest });
    const { token } = slack.install(
      app,
      slack.addTeam('Acme'),
      given.scopes === undefined ? {} : { scopes: given.scopes },
    );
    const configuration = BotConfiguration.parse({
      ...(given.signingSecret === undefined ? {} : { transport: { kind: 'http' } }),
      apps: [
        {
          id: given.id ?? app.id,
          customer: 'acme',
          botToken: { env: 'BOT' },
          appToken: { env: 'APP' },
          signingSecret: { env: 'SIGNING' },
          ...(given.wants === undefined ? {} : { configurationToken: { env: 'CONFIGURATION' } }),
        },
      ],
      customers: [{ name: 'acme', agent: { socket: 'a' }, issuer: { key: { env: 'KEY' } } }],
      slackApi: slack.apiUrl,
    });
    return await slackDoctor({
      configuration,
      logger: slackLogger(() => {}),
      signal: AbortSignal.timeout(10_000),
      now: () => Date.now() + (given.clock ?? 0),
      lookAtStore: async () => await Promise.resolve('It is there.'),
      manifestOf: () => ({ ...manifest, ...given.wants }),
      secrets: secretsOf(
        {
          BOT: token,
          APP: slack.appToken(app),
          SIGNING: given.signingSecret ?? '',
          CONFIGURATION: slack.configurationToken(app),
          ...given.environment,
        },
        '/',
      ),
      customers: {
        watcherOf: () =>
          fakeAgent(
            given.isAgentAway === true ? {} : { health: async () => ({ version: '1', ready: true, parts: [] }) },
          ).client,
      },
    });
  };

  it('finds nothing in the way of a bot that is set up', async () => {
    expect((await look({})).map(({ state, says }) => [state, says])).toEqual([
      ['fine', 'It is there.'],
      ['fine', "The clock of this machine is in step with Slack's."],
      ['fine', 'It is installed in Acme.'],
      ['fine', 'Slack gives connections for Socket Mode.'],
      ['fine', "Its agent answers (1) and takes the bot's word."],
    ]);
  });

  it('names the scopes that are lacking', async () => {
    const [, , token] = await look({
      scopes: manifest.oauth_config.scopes.bot.filter((scope) => scope !== 'files:write'),
    });
    expect(token).toMatchObject({ state: 'missing', says: 'The app lacks files:write.' });
  });

  it('names the scopes that an older manifest asked for and nothing needs any more', async () => {
    const [, , token] = await look({ scopes: [...manifest.oauth_config.scopes.bot, 'users:write'] });
    expect(token).toMatchObject({
      state: 'fine',
      says: expect.stringContaining('more than this version needs (users:write)'),
    });
  });

  it('sees the token of another app', async () => {
    const [, , token, appToken] = await look({ id: 'A0OTHER' });
    expect(token?.says).toMatch(/^The token is of the app A/);
    expect(appToken?.says).toMatch(/^The token is of the app A/);
  });

  it('knows a signing secret by its form, and shows none', async () => {
    const of = async (signingSecret: string): Promise<SlackCheck | undefined> =>
      (await look({ signingSecret })).find(({ name }) => name.endsWith('signing secret'));
    expect(await of('8f742231b10e8888abcd99yyyzzz85a5')).toMatchObject({
      state: 'missing',
      says: expect.stringContaining('no signing secret'),
    });
    expect(await of('8f742231b10e8888abcd99baac1285a5')).toMatchObject({ state: 'fine' });
    expect(JSON.stringify(await of('xoxb-instead-of-it'))).not.toContain('instead-of-it');
  });

  it('sees by a token of its owner whether an app is as this version wants it', async () => {
    const of = async (wants: Partial<typeof manifest>): Promise<SlackCheck | undefined> =>
      (await look({ wants })).find(({ name }) => name.endsWith('manifest'));
    expect(await of({})).toMatchObject({ state: 'fine' });
    const newer = {
      ...manifest.features,
      slash_commands: [
        ...manifest.features.slash_commands,
        { command: '/newer', description: 'x', should_escape: true },
      ],
    };
    expect(await of({ features: newer })).toMatchObject({
      state: 'missing',
      says: 'The app is not as this version wants it: it lacks the command /newer.',
    });
  });

  it('sees a clock by which every signature would be too old or too young', async () => {
    expect((await look({ clock: 20 * 60_000 }))[1]).toMatchObject({
      state: 'missing',
      says: expect.stringMatching(/^The clock of this machine is (19|20) minutes before Slack's\.$/),
    });
    expect((await look({ clock: -400_000 }))[1]).toMatchObject({
      state: 'missing',
      says: expect.stringContaining("behind Slack's"),
    });
  });

  it('takes tokens for what they are, and shows none', async () => {
    const checks = await look({
      environment: { BOT: 'xapp-1-wrong-way-round', APP: 'xapp-unknown' },
      isAgentAway: true,
    });
    expect(checks.slice(2).map(({ state, says }) => [state, says])).toEqual([
      ['missing', 'This is no token that begins with xoxb-.'],
      ['missing', 'Slack says invalid_auth.'],
      ['missing', 'It could not be looked at.'],
    ]);
    expect(JSON.stringify(checks)).not.toMatch(/wrong-way|xapp-unknown/);
  });
});
