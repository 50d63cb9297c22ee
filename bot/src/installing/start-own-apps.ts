import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import type { BotConfiguration } from '../configuration/bot-configuration.ts';
import type { Secrets } from '../configuration/secret-source.ts';
import type { Log } from '../observing/log.ts';
import { slackLogger } from '../observing/slack-logger.ts';
import { keepOwnApps, ownerOfToken } from './own-apps.ts';

export interface OwnAppsAtStart {
  readonly configuration: BotConfiguration;
  readonly secrets: Secrets;
  readonly store: Pick<BotStore, 'installations'>;
  readonly log: Log;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Customers' own apps; what Slack does not answer now is tried until it does. */
export async function startOwnApps(
  { configuration, secrets, store, log, wait }: OwnAppsAtStart,
  signal: AbortSignal,
): Promise<void> {
  const own = configuration.apps.flatMap(({ id, customer, botToken }) =>
    customer === undefined || botToken === undefined ? [] : [{ id, customer, botToken }],
  );
  const ownerOf = async (id: string): ReturnType<typeof ownerOfToken> => {
    const source = own.find((app) => app.id === id)?.botToken;
    if (source === undefined) {
      throw new AutoDevOpsError('config.invalid', `The app ${id} has no token.`, 'Give botToken.');
    }
    return await ownerOfToken(await secrets.read(source), {
      slackApi: configuration.slackApi,
      logger: slackLogger(log),
    });
  };
  const keep = async (
    apps: readonly { readonly id: string; readonly customer: string }[],
  ): Promise<readonly string[]> =>
    await keepOwnApps({ apps, ownerOf, installations: store.installations, now: () => new Date() });
  const retry = async (left: readonly string[]): Promise<void> => {
    for (let again = left; again.length > 0 && !signal.aborted;) {
      log('info', 'Slack did not say whose tokens these are', { apps: again.join(' ') });
      await wait(15_000, signal);
      again = await keep(own.filter(({ id }) => again.includes(id))).catch((error: unknown) => {
        log('error', 'an app cannot be used', { why: error instanceof Error ? error.message : 'unknown' });
        return [];
      });
    }
  };
  void retry(await keep(own));
}
