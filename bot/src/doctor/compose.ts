import { setTimeout as sleep } from 'node:timers/promises';
import { secretsOf } from '../configuration/secret-source.ts';
import { agentWay } from '../customers/agent-way.ts';
import { customersOf } from '../customers/customers.ts';
import { botRegistry } from '../handling/handlers.ts';
import { appManifest } from '../manifest/app-manifest.ts';
import { slackLogger } from '../observing/slack-logger.ts';
import type { BotFile } from '../process/bot-file.ts';
import { slackDoctor } from './slack-doctor.ts';
import type { SlackCheck } from './slack-check.ts';

/** Looks at everything that a configuration names. */
export async function checkConfigured({ configuration, folder }: BotFile, environment: Readonly<Record<string, string | undefined>>, signal: AbortSignal): Promise<readonly SlackCheck[]> {
  const secrets = secretsOf(environment, folder);
  const wait = async (milliseconds: number, until: AbortSignal): Promise<void> => void (await sleep(milliseconds, undefined, { signal: until }).catch(() => undefined));
  const customers = customersOf({ customers: configuration.customers, wayOf: async (customer) => await agentWay(customer, folder), secrets, now: () => Date.now(), wait });
  const { oauth_config: { scopes } } = appManifest(botRegistry(() => []), { name: 'Auto-DevOps', unfurlDomains: configuration.customers.flatMap(({ links }) => links), isDistributed: false });
  return await slackDoctor({ configuration, secrets, customers, scopes: scopes.bot, logger: slackLogger(() => {}), signal });
}
