import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import type { BotChoice } from '../bot-choice.ts';
import { appNamed } from '../configuration/app-named.ts';
import { secretsOf } from '../configuration/secret-source.ts';
import type { Secrets } from '../configuration/secret-source.ts';
import { botRegistry } from '../handling/handlers.ts';
import { openBotStore } from '../keeping/compose.ts';
import { appManifest } from '../manifest/app-manifest.ts';
import type { Log } from '../observing/log.ts';
import { slackLogger } from '../observing/slack-logger.ts';
import type { Page } from '../receiving/http-edge.ts';
import { finishInstall, newInstallLink } from './install-visits.ts';
import type { InstallChoice, Visit } from './install-visits.ts';
import { oauthCalls } from './oauth-calls.ts';
import type { OauthClient } from './oauth-calls.ts';
import { sealingKeyOf, sealingWith } from './sealing.ts';

/** What installing an app needs of the world. */
export async function composeInstalling(
  choice: Pick<BotChoice, 'configuration'>,
  secrets: Secrets,
  store: BotStore,
  log: Log,
): Promise<InstallChoice> {
  const { configuration } = choice;
  const keys = await Promise.all(
    configuration.sealing.map(async ({ id, key }) => sealingKeyOf(id, await secrets.read(key))),
  );
  const clientOf = async (id: string): Promise<OauthClient | undefined> => {
    const oauth = appNamed(configuration, id)?.oauth;
    return oauth === undefined
      ? undefined
      : { clientId: oauth.clientId, clientSecret: await secrets.read(oauth.clientSecret) };
  };
  const publicUrl =
    configuration.transport.kind === 'http' ? (configuration.transport.publicUrl ?? '').replace(/\/$/, '') : '';
  return {
    store,
    clientOf,
    sealing: sealingWith(keys),
    oauth: oauthCalls(configuration.slackApi, slackLogger(log)),
    slackApi: configuration.slackApi,
    redirectUri: (app) => `${publicUrl}/slack/${app}/installed`,
    now: () => new Date(),
    log: (message, fields) => log('info', message, fields),
  };
}

/** Where Slack sends somebody back to who installs an app. */
export function installPage(installing: InstallChoice): Page {
  return async ({ method, url }) => {
    const [, app] = /^\/slack\/(A[A-Z0-9]{2,20})\/installed$/.exec(url.pathname) ?? [];
    return app === undefined || method !== 'GET' ? undefined : await finishInstall(app, url.searchParams, installing);
  };
}

/** A link by which an app is installed for a customer; nothing is started. Throws `config.invalid`, `store.*`. */
export async function installLinkFor(
  visit: Visit,
  choice: BotChoice,
): Promise<{ readonly url: string; readonly until: string }> {
  const { configuration, folder, environment } = choice;
  if (!configuration.customers.some(({ name }) => name === visit.customer)) {
    throw new AutoDevOpsError(
      'usage',
      `There is no customer ${visit.customer} in the configuration.`,
      'Name one of its customers.',
    );
  }
  if (appNamed(configuration, visit.app)?.oauth === undefined) {
    throw new AutoDevOpsError(
      'usage',
      `The app ${visit.app} is not one that is installed by OAuth.`,
      "Name an app that has `oauth` in the configuration; a customer's own app is installed in Slack itself.",
    );
  }
  const secrets = secretsOf(environment, folder);
  const store = choice.openedStore ?? (await openBotStore(configuration, folder, secrets));
  try {
    const installing = await composeInstalling(choice, secrets, store, () => {});
    const {
      oauth_config: { scopes },
    } = appManifest(
      botRegistry(() => []),
      {
        name: 'Auto-DevOps',
        unfurlDomains: configuration.customers.flatMap(({ links }) => links),
        isDistributed: true,
        readsEmail: configuration.customers.some(({ linkByEmail }) => linkByEmail !== undefined),
      },
    );
    return await newInstallLink(visit, scopes.bot, installing);
  } finally {
    if (choice.openedStore === undefined) await store.close();
  }
}
