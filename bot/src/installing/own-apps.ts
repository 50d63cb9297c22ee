import { WebClient } from '@slack/web-api';
import type { Logger } from '@slack/web-api';
import { z } from 'zod';
import type { Installations } from '@autodevops/domain/ports/bot-store';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { SlackFailure } from '../slack/slack-failure.ts';
import { slackFailureOf } from '../slack/web-failure.ts';

/** What Slack says a token is for. */
export interface TokenOwner {
  readonly team: string;
  readonly teamName: string;
  readonly enterprise: string;
  readonly botUser: string;
  /** Empty where Slack does not tell. */
  readonly app: string;
  /** What the app was given when it was installed. */
  readonly scopes: readonly string[];
}

const Tested = z.looseObject({
  team_id: z.string().catch(''),
  team: z.string().catch(''),
  enterprise_id: z.string().catch(''),
  user_id: z.string().catch(''),
  bot_id: z.string().catch(''),
  is_enterprise_install: z.boolean().catch(false),
  response_metadata: z.looseObject({ scopes: z.array(z.string()).catch([]) }).catch({ scopes: [] }),
});
const Bot = z.looseObject({ bot: z.looseObject({ app_id: z.string().catch('') }).catch({ app_id: '' }) });

/** Asks Slack whose token it is. Throws `SlackFailure`. */
export async function ownerOfToken(
  token: string,
  { slackApi, logger }: { readonly slackApi: string; readonly logger: Logger },
): Promise<TokenOwner> {
  const client = new WebClient(token, {
    slackApiUrl: slackApi,
    timeout: 5000,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    allowAbsoluteUrls: false,
    logger,
  });
  try {
    const tested = Tested.parse(await client.apiCall('auth.test'));
    // Not every token may look at bots; then nobody says whose app it is.
    const app =
      tested.bot_id === ''
        ? ''
        : await client.apiCall('bots.info', { bot: tested.bot_id }).then(
            (answer) => Bot.parse(answer).bot.app_id,
            () => '',
          );
    return {
      team: tested.is_enterprise_install ? '' : tested.team_id,
      teamName: tested.team,
      enterprise: tested.enterprise_id,
      botUser: tested.user_id,
      app,
      scopes: tested.response_metadata.scopes,
    };
  } catch (error) {
    throw slackFailureOf(error);
  }
}

export interface OwnAppsChoice {
  readonly apps: readonly { readonly id: string; readonly customer: string }[];
  readonly ownerOf: (app: string) => Promise<TokenOwner>;
  readonly installations: Installations;
  readonly now: () => Date;
}

/** A customer's own app is installed where its token says: what Slack knows of it is kept, the token stays where it was. */
async function keepOwn(
  app: { readonly id: string; readonly customer: string },
  { ownerOf, installations, now }: OwnAppsChoice,
): Promise<void> {
  const owner = await ownerOf(app.id);
  if (owner.app !== '' && owner.app !== app.id) {
    throw new AutoDevOpsError(
      'config.invalid',
      `The token of the app ${app.id} is of the app ${owner.app}.`,
      'Correct botToken, or the id of the app.',
    );
  }
  const place = { app: app.id, team: owner.team, enterprise: owner.enterprise };
  for (const old of await installations.list()) {
    if (old.app === app.id && (old.team !== place.team || old.customer !== app.customer)) {
      await installations.remove(old.app, old.team, old.enterprise);
    }
  }
  const there = await installations.find(place.app, place.team, place.enterprise);
  if (
    there !== undefined &&
    there.customer === app.customer &&
    there.botUser === owner.botUser &&
    there.sealed === ''
  ) {
    return;
  }
  await installations.put({
    ...place,
    customer: app.customer,
    botUser: owner.botUser,
    sealed: '',
    installedAt: now().toISOString(),
  });
}

/** Keeps them all; the ids of those for which it should be tried again, since Slack or the store did not answer. Throws what people have to correct. */
export async function keepOwnApps(choice: OwnAppsChoice): Promise<readonly string[]> {
  const again: string[] = [];
  for (const app of choice.apps) {
    try {
      await keepOwn(app, choice);
    } catch (error) {
      if (error instanceof SlackFailure && error.kind === 'refused') {
        throw new AutoDevOpsError(
          'config.invalid',
          `Slack does not take the token of the app ${app.id} (${error.code}).`,
          "Install App, on the app's page at api.slack.com/apps, has the one that counts (xoxb-…); where the app was removed from the workspace, install it again.",
          { cause: error },
        );
      }
      if (error instanceof AutoDevOpsError && error.reaction !== 'retry') throw error;
      again.push(app.id);
    }
  }
  return again;
}
