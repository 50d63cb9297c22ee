import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SlackStandIn } from '@autodevops/testkit/slack/slack-stand-in';
import { startSlack } from '@autodevops/testkit/slack/start-slack';
import type { SlackApp } from '@autodevops/testkit/slack/state/apps';
import { botRegistry } from '../handling/handlers.ts';
import { appManifest } from '../manifest/app-manifest.ts';
import { slackLogger } from '../observing/slack-logger.ts';
import { startSocketEdge } from './socket-edge.ts';
import type { SocketEdge } from './socket-edge.ts';

describe('the connection of an app', () => {
  let slack: SlackStandIn;
  let app: SlackApp;
  beforeAll(async () => {
    slack = await startSlack();
    app = slack.addApp({
      manifest: appManifest(
        botRegistry(() => []),
        { name: 'Auto-DevOps', unfurlDomains: [], isDistributed: false },
      ),
    });
    slack.install(app, slack.addTeam('Acme'));
  });
  afterAll(async () => await slack.close());

  const start = async (token: string): Promise<SocketEdge> =>
    await startSocketEdge({
      app: app.id,
      connections: 1,
      intake: { take: async () => {} },
      slackApi: slack.apiUrl,
      logger: slackLogger(() => {}),
      wait: async () => {},
      connected: () => {},
      refused: () => {},
      appToken: async () => token,
    });

  it('stands with its token, and nothing is wrong then', async () => {
    const edge = await start(slack.appToken(app));
    expect(edge.flaw()).toBeUndefined();
    await edge.stop();
  });

  it('is not tried for ever with a token that Slack refuses: it says which, and where the right one is', async () => {
    for (const [token, word] of [
      ['xapp-1-A0-1-guessed', 'invalid_auth'],
      [slack.appToken(app, ['authorizations:read']), 'missing_scope'],
    ] as const) {
      const failure = await start(token).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).toMatchObject({
        code: 'config.invalid',
        message: expect.stringContaining(word) as string,
        remedy: expect.stringContaining('connections:write') as string,
      });
      expect(JSON.stringify(failure)).not.toContain(token);
    }
  });
});
