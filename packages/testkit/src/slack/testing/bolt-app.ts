import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { onTestFinished } from 'vitest';
import type { Scene } from './scene.ts';

/** A real Bolt app that the scene's app is served by, over HTTP. */
export async function boltApp({ slack, app, bot }: Scene): Promise<App> {
  const bolt = new App({
    token: bot.token,
    signingSecret: app.signingSecret,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  const server = await bolt.start({ port: 0, host: '127.0.0.1' });
  onTestFinished(async () => {
    await bolt.stop();
  });
  const address = (server as { readonly address: () => unknown }).address() as { readonly port: number };
  app.requestUrl = `http://127.0.0.1:${address.port}/slack/events`;
  return bolt;
}

/** A real Bolt app over Socket Mode. */
export async function boltSocketApp({ slack, app, bot }: Scene): Promise<App> {
  const clientOptions = { slackApiUrl: slack.apiUrl };
  // Its time to come back is as long as it waits for a pong.
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken(app),
    clientPingTimeout: 300,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions },
  });
  const bolt = new App({ token: bot.token, receiver, logLevel: LogLevel.ERROR, clientOptions });
  await bolt.start();
  onTestFinished(async () => {
    await bolt.stop();
  });
  return bolt;
}
