import { WebClient } from '@slack/web-api';
import type { Logger } from '@slack/web-api';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { BotApp, BotConfiguration, BotCustomer } from '../configuration/bot-configuration.ts';
import type { SecretSource, Secrets } from '../configuration/secret-source.ts';
import type { Customers } from '../customers/customers.ts';
import type { AppManifest } from '../manifest/app-manifest.ts';
import { manifestDrift } from '../manifest/manifest-drift.ts';
import { ownerOfToken } from '../installing/own-apps.ts';
import { sealingKeyOf } from '../installing/sealing.ts';
import { slackFailureOf } from '../slack/web-failure.ts';
import { lookAtClock } from './look-at-clock.ts';
import type { SlackCheck } from './slack-check.ts';
import { Trouble } from './trouble.ts';

export interface SlackDoctorChoice {
  readonly configuration: BotConfiguration;
  readonly secrets: Secrets;
  readonly customers: Pick<Customers, 'watcherOf'>;
  /** As this version wants an app. */
  readonly manifestOf: (app: BotApp) => AppManifest;
  /** Whether the store can be used. Throws what is in the way. */
  readonly lookAtStore: () => Promise<string>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

async function checked(name: string, look: () => Promise<string>): Promise<SlackCheck> {
  try {
    return { name, state: 'fine', says: await look(), remedy: '' };
  } catch (error) {
    if (error instanceof Trouble || error instanceof AutoDevOpsError) {
      return { name, state: 'missing', says: error.message, remedy: error.remedy };
    }
    const failure = slackFailureOf(error);
    return {
      name,
      state: 'missing',
      says: failure.code === 'unexpected' ? 'It could not be looked at.' : `Slack says ${failure.code}.`,
      remedy:
        failure.kind === 'refused'
          ? 'Correct the token in Slack (api.slack.com/apps) and where the configuration names it.'
          : 'Look whether this machine reaches Slack, then run it again.',
    };
  }
}

async function readToken({ secrets }: SlackDoctorChoice, source: SecretSource, prefix: string): Promise<string> {
  const token = await secrets.read(source);
  if (!token.startsWith(prefix)) {
    throw new Trouble(`This is no token that begins with ${prefix}.`, `Give the one that begins with ${prefix}.`);
  }
  return token;
}

async function lookAtBotToken(app: BotApp, source: SecretSource, choice: SlackDoctorChoice): Promise<string> {
  const {
    configuration: { slackApi },
    logger,
  } = choice;
  const scopes = choice.manifestOf(app).oauth_config.scopes.bot;
  const owner = await ownerOfToken(await readToken(choice, source, 'xoxb-'), { slackApi, logger });
  if (owner.app !== '' && owner.app !== app.id) {
    throw new Trouble(`The token is of the app ${owner.app}.`, 'Correct the id of the app, or take its own token.');
  }
  const lacking = scopes.filter((scope) => owner.scopes.length > 0 && !owner.scopes.includes(scope));
  if (lacking.length > 0) {
    throw new Trouble(
      `The app lacks ${lacking.join(', ')}.`,
      'Give Slack the manifest of `autodevops slack manifest`, and install the app again.',
    );
  }
  const surplus = owner.scopes.filter((scope) => !scopes.includes(scope));
  const more =
    surplus.length === 0
      ? ''
      : ` It may do more than this version needs (${surplus.join(', ')}): the manifest of \`autodevops slack manifest\` asks for less.`;
  return `It is installed in ${owner.teamName === '' ? owner.team : owner.teamName}.${more}`;
}

function webClient(token: string, { configuration: { slackApi }, logger }: SlackDoctorChoice): WebClient {
  return new WebClient(token, {
    slackApiUrl: slackApi,
    timeout: 5000,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    allowAbsoluteUrls: false,
    logger,
  });
}

async function lookAtAppToken(app: BotApp, source: SecretSource, choice: SlackDoctorChoice): Promise<string> {
  const token = await readToken(choice, source, 'xapp-');
  const [, owner = app.id] = /^xapp-\d+-(A[A-Z0-9]{2,20})-/.exec(token) ?? [];
  if (owner !== app.id) {
    throw new Trouble(`The token is of the app ${owner}.`, 'Correct the id of the app, or take its own token.');
  }
  await webClient(token, choice).apiCall('apps.connections.open');
  return 'Slack gives connections for Socket Mode.';
}

/** What the app's owner sees under *App Manifest*, beside what this version wants. */
async function lookAtManifest(app: BotApp, source: SecretSource, choice: SlackDoctorChoice): Promise<string> {
  const token = await readToken(choice, source, 'xoxe.xoxp-');
  const { manifest } = await webClient(token, choice).apps.manifest.export({ app_id: app.id });
  const drift = manifestDrift(choice.manifestOf(app), manifest);
  if (drift.length > 0) {
    throw new Trouble(
      `The app is not as this version wants it: ${drift.join('; ')}.`,
      'Replace its manifest (App Manifest) by that of `autodevops slack manifest`, and install the app again if Slack asks.',
    );
  }
  return 'The app is as this version wants it.';
}

function checksOfApp(app: BotApp, choice: SlackDoctorChoice): readonly Promise<SlackCheck>[] {
  const {
    configuration: { transport },
    secrets,
  } = choice;
  const { botToken, appToken, signingSecret, configurationToken, oauth } = app;
  return [
    ...(botToken === undefined
      ? []
      : [checked(`${app.id} bot token`, async () => await lookAtBotToken(app, botToken, choice))]),
    ...(appToken === undefined || transport.kind !== 'socket'
      ? []
      : [checked(`${app.id} app token`, async () => await lookAtAppToken(app, appToken, choice))]),
    ...(signingSecret === undefined || transport.kind !== 'http'
      ? []
      : [checked(`${app.id} signing secret`, async () => await lookAtSigningSecret(signingSecret, choice))]),
    ...(configurationToken === undefined
      ? []
      : [checked(`${app.id} manifest`, async () => await lookAtManifest(app, configurationToken, choice))]),
    ...(oauth === undefined
      ? []
      : [
          checked(`${app.id} client secret`, async () => {
            await secrets.read(oauth.clientSecret);
            return 'It is there.';
          }),
        ]),
  ];
}

function checkOfCustomer({ name }: BotCustomer, { customers, signal }: SlackDoctorChoice): Promise<SlackCheck> {
  return checked(`customer ${name}`, async () => {
    const { version } = await customers.watcherOf(name).health({}, { signal });
    return `Its agent answers (${version}) and takes the bot's word.`;
  });
}

/** As Slack shows it under *Basic Information*. A token or a client secret in its place would let nothing be verified. */
const signingSecretForm = /^[0-9a-f]{32}$/;

async function lookAtSigningSecret(source: SecretSource, { secrets }: SlackDoctorChoice): Promise<string> {
  if (!signingSecretForm.test(await secrets.read(source))) {
    throw new Trouble(
      'This is no signing secret: it has 32 characters, 0 to 9 and a to f.',
      'Copy it from Basic Information, App Credentials.',
    );
  }
  return 'It has the form of one.';
}

/** Looks at everything that the bot needs, and changes nothing. */
export async function slackDoctor(choice: SlackDoctorChoice): Promise<readonly SlackCheck[]> {
  const {
    configuration: { apps, customers, sealing, slackApi },
    secrets,
    now,
    signal,
  } = choice;
  return await Promise.all([
    checked('store', async () => await choice.lookAtStore()),
    checked('clock', async () => await lookAtClock(slackApi, now, signal)),
    ...apps.flatMap((app) => checksOfApp(app, choice)),
    ...sealing.map(({ id, key }) =>
      checked(`sealing key ${id}`, async () => {
        sealingKeyOf(id, await secrets.read(key));
        return 'It is one.';
      }),
    ),
    ...customers.map((customer) => checkOfCustomer(customer, choice)),
  ]);
}
