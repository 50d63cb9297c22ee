import { WebClient } from '@slack/web-api';
import type { Logger } from '@slack/web-api';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { BotApp, BotConfiguration, BotCustomer } from '../configuration/bot-configuration.ts';
import type { SecretSource, Secrets } from '../configuration/secret-source.ts';
import type { Customers } from '../customers/customers.ts';
import { ownerOfToken } from '../installing/own-apps.ts';
import { sealingKeyOf } from '../installing/sealing.ts';
import { slackFailureOf } from '../slack/web-failure.ts';
import type { SlackCheck } from './slack-check.ts';

export interface SlackDoctorChoice {
  readonly configuration: BotConfiguration;
  readonly secrets: Secrets;
  readonly customers: Pick<Customers, 'watcherOf'>;
  /** That the manifest asks for. */
  readonly scopes: readonly string[];
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** What somebody has to do about a failure; errors of others say nothing that helps. */
class Trouble extends Error {
  readonly remedy: string;

  constructor(what: string, remedy: string) {
    super(what);
    this.remedy = remedy;
  }
}

async function checked(name: string, look: () => Promise<string>): Promise<SlackCheck> {
  try {
    return { name, state: 'fine', says: await look(), remedy: '' };
  } catch (error) {
    if (error instanceof Trouble || error instanceof AutoDevOpsError) return { name, state: 'missing', says: error.message, remedy: error.remedy };
    const failure = slackFailureOf(error);
    return { name, state: 'missing', says: failure.code === 'unexpected' ? 'It could not be looked at.' : `Slack says ${failure.code}.`, remedy: failure.kind === 'refused' ? 'Correct the token in Slack (api.slack.com/apps) and where the configuration names it.' : 'Look whether this machine reaches Slack, then run it again.' };
  }
}

async function readToken({ secrets }: SlackDoctorChoice, source: SecretSource, prefix: string): Promise<string> {
  const token = await secrets.read(source);
  if (!token.startsWith(prefix)) throw new Trouble(`This is no token that begins with ${prefix}.`, `Give the one that begins with ${prefix}.`);
  return token;
}

async function lookAtBotToken(app: BotApp, source: SecretSource, choice: SlackDoctorChoice): Promise<string> {
  const { configuration: { slackApi }, logger, scopes } = choice;
  const owner = await ownerOfToken(await readToken(choice, source, 'xoxb-'), { slackApi, logger });
  if (owner.app !== '' && owner.app !== app.id) throw new Trouble(`The token is of the app ${owner.app}.`, 'Correct the id of the app, or take its own token.');
  const lacking = scopes.filter((scope) => owner.scopes.length > 0 && !owner.scopes.includes(scope));
  if (lacking.length > 0) throw new Trouble(`The app lacks ${lacking.join(', ')}.`, 'Give Slack the manifest of `autodevops slack manifest`, and install the app again.');
  return `It is installed in ${owner.teamName === '' ? owner.team : owner.teamName}.`;
}

async function lookAtAppToken(source: SecretSource, choice: SlackDoctorChoice): Promise<string> {
  const token = await readToken(choice, source, 'xapp-');
  const client = new WebClient(token, { slackApiUrl: choice.configuration.slackApi, timeout: 5000, rejectRateLimitedCalls: true, retryConfig: { retries: 0 }, allowAbsoluteUrls: false, logger: choice.logger });
  await client.apiCall('apps.connections.open');
  return 'Slack gives connections for Socket Mode.';
}

function checksOfApp(app: BotApp, choice: SlackDoctorChoice): readonly Promise<SlackCheck>[] {
  const { configuration: { transport }, secrets } = choice;
  const { botToken, appToken, signingSecret, oauth } = app;
  return [
    ...(botToken === undefined ? [] : [checked(`${app.id} bot token`, async () => await lookAtBotToken(app, botToken, choice))]),
    ...(appToken === undefined || transport.kind !== 'socket' ? [] : [checked(`${app.id} app token`, async () => await lookAtAppToken(appToken, choice))]),
    ...(signingSecret === undefined || transport.kind !== 'http' ? [] : [checked(`${app.id} signing secret`, async () => {
      await secrets.read(signingSecret);
      return 'It is there.';
    })]),
    ...(oauth === undefined ? [] : [checked(`${app.id} client secret`, async () => {
      await secrets.read(oauth.clientSecret);
      return 'It is there.';
    })]),
  ];
}

function checkOfCustomer({ name }: BotCustomer, { customers, signal }: SlackDoctorChoice): Promise<SlackCheck> {
  return checked(`customer ${name}`, async () => {
    const { version } = await customers.watcherOf(name).health({}, { signal });
    return `Its agent answers (${version}) and takes the bot's word.`;
  });
}

/** Looks at everything that the bot needs, and changes nothing. */
export async function slackDoctor(choice: SlackDoctorChoice): Promise<readonly SlackCheck[]> {
  const { configuration: { apps, customers, sealing }, secrets } = choice;
  return await Promise.all([
    ...apps.flatMap((app) => checksOfApp(app, choice)),
    ...sealing.map(({ id, key }) => checked(`sealing key ${id}`, async () => {
      sealingKeyOf(id, await secrets.read(key));
      return 'It is one.';
    })),
    ...customers.map((customer) => checkOfCustomer(customer, choice)),
  ]);
}
