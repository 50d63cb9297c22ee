import { setTimeout as sleep } from 'node:timers/promises';
import type { BotApp, BotConfiguration } from '../configuration/bot-configuration.ts';
import { secretsOf } from '../configuration/secret-source.ts';
import { agentWay } from '../customers/agent-way.ts';
import { customersOf } from '../customers/customers.ts';
import { botRegistry } from '../handling/handlers.ts';
import { appManifest } from '../manifest/app-manifest.ts';
import type { AppManifest } from '../manifest/app-manifest.ts';
import { slackLogger } from '../observing/slack-logger.ts';
import type { BotFile } from '../process/bot-file.ts';
import { openBotStore } from '../keeping/compose.ts';
import { lookAtStore } from './look-at-store.ts';
import { slackDoctor } from './slack-doctor.ts';
import type { SlackCheck } from './slack-check.ts';

/** As this version wants an app of that configuration. Where Slack finds it over HTTP need not be known here: then no address is looked at. */
function wantedManifest({ id, customer, oauth }: BotApp, { transport, customers }: BotConfiguration): AppManifest {
  const served = customers.filter(({ name }) => customer === undefined || customer === name);
  const links = served.flatMap((one) => one.links);
  const publicUrl = transport.kind === 'http' ? transport.publicUrl : undefined;
  const manifest = appManifest(
    botRegistry(() => []),
    {
      name: 'Auto-DevOps',
      app: id,
      unfurlDomains: links.map((link) => new URL(link).hostname),
      isDistributed: oauth !== undefined,
      readsEmail: served.some(({ linkByEmail }) => linkByEmail !== undefined),
      ...(publicUrl === undefined ? {} : { publicUrl }),
    },
  );
  return { ...manifest, settings: { ...manifest.settings, socket_mode_enabled: transport.kind === 'socket' } };
}

/** Looks at everything that a configuration names. */
export async function checkConfigured(
  { configuration, folder }: BotFile,
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<readonly SlackCheck[]> {
  const secrets = secretsOf(environment, folder);
  const wait = async (milliseconds: number, until: AbortSignal): Promise<void> =>
    void (await sleep(milliseconds, undefined, { signal: until }).catch(() => undefined));
  const customers = customersOf({
    customers: configuration.customers,
    wayOf: async (customer) => await agentWay(customer, folder),
    secrets,
    now: () => Date.now(),
    wait,
  });
  return await slackDoctor({
    configuration,
    secrets,
    customers,
    manifestOf: (app) => wantedManifest(app, configuration),
    now: () => Date.now(),
    lookAtStore: async () =>
      await lookAtStore(configuration, folder, async () => await openBotStore(configuration, folder, secrets)),
    logger: slackLogger(() => {}),
    signal,
  });
}
