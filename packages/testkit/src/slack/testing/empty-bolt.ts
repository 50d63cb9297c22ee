import { App, LogLevel } from '@slack/bolt';

export interface EmptyBoltChoice {
  readonly token: string;
  readonly signingSecret: string;
  readonly apiUrl: string;
}

/** A Bolt app over HTTP that acknowledges every slash command and does nothing else. Gives the address that it takes them at. */
export async function startEmptyBolt({ token, signingSecret, apiUrl }: EmptyBoltChoice): Promise<string> {
  const bolt = new App({ token, signingSecret, logLevel: LogLevel.ERROR, clientOptions: { slackApiUrl: apiUrl } });
  bolt.command(/.*/, async ({ ack }) => await ack());
  const server = await bolt.start({ port: 0, host: '127.0.0.1' });
  const address = (server as { readonly address: () => unknown }).address() as { readonly port: number };
  return `http://127.0.0.1:${address.port}/slack/events`;
}
