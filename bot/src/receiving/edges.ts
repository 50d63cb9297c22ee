import type { Logger } from '@slack/web-api';
import type { BotConfiguration } from '../configuration/bot-configuration.ts';
import type { Secrets } from '../configuration/secret-source.ts';
import type { Log } from '../observing/log.ts';
import { startHttpEdge } from './http-edge.ts';
import type { Page } from './http-edge.ts';
import type { Intake } from './intake.ts';
import { startSocketEdge } from './socket-edge.ts';

export interface EdgesChoice {
  readonly configuration: BotConfiguration;
  readonly secrets: Secrets;
  readonly intake: Intake;
  /** What is served beside Slack's events, over HTTP. */
  readonly page: Page;
  readonly logger: Logger;
  readonly log: Log;
  readonly connections: (app: string, count: number) => void;
  /** Milliseconds. */
  readonly now: () => number;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Where Slack's events come in. */
export interface Edges {
  /** Undefined in Socket Mode. */
  readonly port: number | undefined;
  /** Why nothing can come in; undefined: it can. */
  readonly flaw: () => string | undefined;
  readonly stop: () => Promise<void>;
}

async function startHttp(
  choice: EdgesChoice,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Edges> {
  const {
    configuration: { apps, limits },
    secrets,
    log,
    page,
    intake,
    now,
  } = choice;
  const entries = await Promise.all(
    apps.map(async ({ id, signingSecret }): Promise<readonly [string, string]> => [
      id,
      signingSecret === undefined ? '' : await secrets.read(signingSecret),
    ]),
  );
  const edge = await startHttpEdge({
    host,
    port,
    secrets: new Map(entries),
    intake,
    bodyBytes: limits.bodyBytes,
    now,
    page,
    refused: (why, status) => log('info', 'a request was refused', { why, status }),
  });
  return { port: edge.port, flaw: () => undefined, stop: edge.stop };
}

async function startSockets(choice: EdgesChoice, connections: number): Promise<Edges> {
  const {
    configuration: { apps, slackApi },
    secrets,
    log,
    logger,
    intake,
    wait,
  } = choice;
  const edges = await Promise.all(
    apps.map(
      async ({ id, appToken }) =>
        await startSocketEdge({
          app: id,
          connections,
          intake,
          slackApi,
          logger,
          wait,
          appToken: async () => (appToken === undefined ? '' : await secrets.read(appToken)),
          connected: (count) => choice.connections(id, count),
          refused: (why) => log('info', 'Socket Mode', { app: id, why }),
        }),
    ),
  );
  return {
    port: undefined,
    flaw: () => {
      const why = edges.map((edge) => edge.flaw()).find((one) => one !== undefined);
      return why === undefined ? undefined : `an app has no connection to Slack (${why})`;
    },
    stop: async () => void (await Promise.all(edges.map(async (edge) => await edge.stop()))),
  };
}

/** Opens the doors that the configuration names. Throws when it cannot listen. */
export async function startEdges(choice: EdgesChoice): Promise<Edges> {
  const { transport } = choice.configuration;
  return transport.kind === 'http'
    ? await startHttp(choice, transport)
    : await startSockets(choice, transport.connections);
}
