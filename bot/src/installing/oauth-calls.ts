import { WebClient } from '@slack/web-api';
import type { Logger } from '@slack/web-api';
import { z } from 'zod';
import { SlackFailure } from '../slack/slack-failure.ts';
import { slackFailureOf } from '../slack/web-failure.ts';

/** What Slack gives for a code or for a refresh token. */
export interface Granted {
  readonly app: string;
  /** Empty for a whole organisation. */
  readonly team: string;
  readonly enterprise: string;
  readonly botUser: string;
  readonly token: string;
  /** Empty without token rotation. */
  readonly refreshToken: string;
  /** Seconds; 0: it does not end. */
  readonly expiresIn: number;
  readonly scopes: readonly string[];
}

export interface OauthClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Throw `SlackFailure`. Neither is ever tried again by itself: a code and a refresh token are good once. */
export interface OauthCalls {
  readonly exchange: (client: OauthClient, code: string, redirectUri: string) => Promise<Granted>;
  readonly refresh: (client: OauthClient, refreshToken: string) => Promise<Granted>;
}

const reference = z
  .looseObject({ id: z.string().catch('') })
  .nullish()
  .catch(undefined);
const Answer = z.looseObject({
  app_id: z.string().catch(''),
  access_token: z.string().min(1),
  refresh_token: z.string().catch(''),
  expires_in: z.number().catch(0),
  bot_user_id: z.string().catch(''),
  scope: z.string().catch(''),
  is_enterprise_install: z.boolean().catch(false),
  team: reference,
  enterprise: reference,
});

function grantedIn(answer: unknown): Granted {
  const read = Answer.safeParse(answer);
  if (!read.success) throw new SlackFailure('refused', 'no_token_in_answer');
  const { data } = read;
  return {
    app: data.app_id,
    team: data.is_enterprise_install ? '' : (data.team?.id ?? ''),
    enterprise: data.enterprise?.id ?? '',
    botUser: data.bot_user_id,
    token: data.access_token,
    refreshToken: data.refresh_token,
    expiresIn: data.expires_in,
    scopes: data.scope.split(',').filter((scope) => scope !== ''),
  };
}

export function oauthCalls(slackApi: string, logger: Logger): OauthCalls {
  const client = new WebClient(undefined, {
    slackApiUrl: slackApi,
    timeout: 10_000,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    allowAbsoluteUrls: false,
    logger,
  });
  const asked = async (args: Readonly<Record<string, unknown>>): Promise<Granted> => {
    try {
      return grantedIn(await client.apiCall('oauth.v2.access', args));
    } catch (error) {
      throw slackFailureOf(error);
    }
  };
  return {
    exchange: async ({ clientId, clientSecret }, code, redirectUri) =>
      await asked({ client_id: clientId, client_secret: clientSecret, code, redirect_uri: redirectUri }),
    refresh: async ({ clientId, clientSecret }, refreshToken) =>
      await asked({
        client_id: clientId,
        client_secret: clientSecret,
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
      }),
  };
}
