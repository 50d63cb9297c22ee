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
  beforeAll(async () => { slack = await startSlack(); });
  afterAll(async () => await slack.close());

  const manifest = appManifest(botRegistry(() => []), { name: 'Auto-DevOps', unfurlDomains: [], isDistributed: false });
  const look = async (given: { readonly scopes?: readonly string[]; readonly id?: string; readonly environment?: Record<string, string>; readonly isAgentAway?: boolean }): Promise<readonly SlackCheck[]> => {
    const app = slack.addApp({ manifest });
    const { token } = slack.install(app, slack.addTeam('Acme'), given.scopes === undefined ? {} : { scopes: given.scopes });
    const configuration = BotConfiguration.parse({
      apps: [{ id: given.id ?? app.id, customer: 'acme', botToken: { env: 'BOT' }, appToken: { env: 'APP' } }],
      customers: [{ name: 'acme', agent: { socket: 'a' }, issuer: { key: { env: 'KEY' } } }], slackApi: slack.apiUrl,
    });
    return await slackDoctor({
      configuration, logger: slackLogger(() => {}), signal: AbortSignal.timeout(10_000), scopes: manifest.oauth_config.scopes.bot,
      secrets: secretsOf({ BOT: token, APP: slack.appToken(app), ...given.environment }, '/'),
      customers: { watcherOf: () => fakeAgent(given.isAgentAway === true ? {} : { health: async () => ({ version: '1', ready: true, parts: [] }) }).client },
    });
  };

  it('finds nothing in the way of a bot that is set up', async () => {
    expect((await look({})).map(({ state, says }) => [state, says])).toEqual([['fine', 'It is installed in Acme.'], ['fine', 'Slack gives connections for Socket Mode.'], ['fine', 'Its agent answers (1) and takes the bot\'s word.']]);
  });

  it('names the scopes that are lacking', async () => {
    const [token] = await look({ scopes: manifest.oauth_config.scopes.bot.filter((scope) => scope !== 'files:write') });
    expect(token).toMatchObject({ state: 'missing', says: 'The app lacks files:write.' });
  });

  it('sees the token of another app', async () => {
    const [token] = await look({ id: 'A0OTHER' });
    expect(token?.says).toMatch(/^The token is of the app A/);
  });

  it('takes tokens for what they are, and shows none', async () => {
    const checks = await look({ environment: { BOT: 'xapp-1-wrong-way-round', APP: 'xapp-1-A1-unknown' }, isAgentAway: true });
    expect(checks.map(({ state, says }) => [state, says])).toEqual([['missing', 'This is no token that begins with xoxb-.'], ['missing', 'Slack says invalid_auth.'], ['missing', 'It could not be looked at.']]);
    expect(JSON.stringify(checks)).not.toMatch(/wrong-way|A1-unknown/);
  });
});
