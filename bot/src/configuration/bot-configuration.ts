import { EmailDomain } from '@autodevops/domain/email-address';
import { z } from 'zod';
import { SecretSource } from './secret-source.ts';

const customerName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);
const appId = z.string().regex(/^A[A-Z0-9]{2,20}$/);
const channelId = z.string().regex(/^[CG][A-Z0-9]{2,20}$/);
const teamId = z.string().regex(/^T[A-Z0-9]{2,20}$/);

const Transport = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('socket'),
      connections: z
        .int()
        .min(1)
        .max(10)
        .default(2)
        .describe("per app: with two or more none of Slack's regular reconnects loses time"),
    })
    .describe('Socket Mode: no inbound network is needed; every app needs an app token'),
  z
    .strictObject({
      kind: z.literal('http'),
      host: z.string().min(1).default('127.0.0.1'),
      port: z.int().min(0).max(65_535).default(8090),
      publicUrl: z
        .url({ protocol: /^https$/ })
        .optional()
        .describe('what stands before it; needed to install a distributed app'),
    })
    .describe('HTTP: Slack calls `/slack/<id of the app>/events`'),
]);

const OauthClient = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: SecretSource,
});

const App = z
  .strictObject({
    id: appId,
    customer: customerName.optional().describe("of a customer's own app: the one customer that it serves"),
    signingSecret: SecretSource.optional().describe('needed with the transport `http`'),
    appToken: SecretSource.optional().describe('`xapp-…`, needed with the transport `socket`'),
    botToken: SecretSource.optional().describe("`xoxb-…`, of a customer's own app"),
    configurationToken: SecretSource.optional().describe(
      '`xoxe.xoxp-…`, of whoever made the app, for `slack doctor` alone: whether the app is as the manifest wants it; it holds twelve hours',
    ),
    oauth: OauthClient.optional().describe('of an app that several workspaces install'),
  })
  .superRefine((app, context) => {
    if ((app.botToken === undefined) === (app.oauth === undefined)) {
      context.addIssue({
        code: 'custom',
        path: ['botToken'],
        message: "is there for a customer's own app, oauth for a distributed one: give one of them",
      });
    }
    if ((app.botToken === undefined) !== (app.customer === undefined)) {
      context.addIssue({
        code: 'custom',
        path: ['customer'],
        message: 'goes together with botToken; a distributed app learns the customer when it is installed',
      });
    }
  });
export type BotApp = z.infer<typeof App>;

const AgentPlace = z.union([
  z.strictObject({
    address: z.url({ protocol: /^https?$/ }),
    authority: z.string().min(1).optional().describe("file, PEM: who issued the agent's certificate"),
  }),
  z.strictObject({ socket: z.string().min(1).describe('a Unix socket of this machine') }),
]);

const LinkByEmail = z.strictObject({
  workspaces: z
    .array(z.string().regex(/^[TE][A-Z0-9]{2,20}$/))
    .min(1)
    .max(20)
    .describe('whose members are linked so: `T…`, or the whole organisation `E…`'),
  domains: z.array(EmailDomain).min(1).max(20).describe('exactly these, and none beneath them'),
  singleSignOn: z
    .literal('required')
    .describe(
      'Slack tells no app of it: say it only where every member has to sign in by your identity provider, and none may change the address',
    ),
});

const Customer = z.strictObject({
  name: customerName,
  agent: AgentPlace.describe("the customer's agent"),
  issuer: z.strictObject({
    name: z
      .string()
      .min(1)
      .max(100)
      .default('slack')
      .describe("as `issuers` of the agent's configuration calls the bot"),
    key: SecretSource.describe('private key, PEM (PKCS#8), Ed25519'),
  }),
  incidentChannel: channelId.optional().describe('where its incidents are told'),
  team: teamId.optional().describe('workspace of that channel, where the app is in several'),
  linkByEmail: LinkByEmail.optional().describe(
    "an account in Slack becomes that of the person who has its address; off when absent. The agent's `issuers` say the domains too",
  ),
  links: z
    .array(z.url({ protocol: /^https?$/ }))
    .max(5)
    .default([])
    .describe('addresses under which people open its incidents and changes: links to them are shown in a line'),
});
export type BotCustomer = z.infer<typeof Customer>;

const Store = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sqlite'), file: z.string().min(1).default('./data/bot.db') }),
  z.strictObject({
    kind: z.literal('postgres'),
    address: SecretSource.describe('`postgres://…`; for several replicas'),
  }),
]);

const SealingKey = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,20}$/),
  key: SecretSource.describe('32 bytes, base64'),
});

const Limits = z.strictObject({
  bodyBytes: z.int().min(16_384).max(4_194_304).default(1_048_576).describe('of one request of Slack'),
  perPersonAMinute: z
    .int()
    .min(1)
    .max(1000)
    .default(30)
    .describe('what one person may ask; what is more is answered with a sentence, and dropped'),
  perWorkspaceAMinute: z
    .int()
    .min(60)
    .max(100_000)
    .default(600)
    .describe(
      'what all people of a workspace may ask by commands and messages, a tenth of it at once; buttons and forms are not counted',
    ),
  handlerSeconds: z.int().min(5).max(600).default(120),
  attempts: z.int().min(1).max(20).default(5).describe('of one event, before it is laid aside for people to see'),
  keepDays: z.int().min(1).max(365).default(30).describe('ids of settled events, and where messages stand'),
});

/** The one document that the bot is started from. Unknown keys are errors. Paths are relative to the file. */
export const BotConfiguration = z
  .strictObject({
    transport: Transport.default({ kind: 'socket', connections: 2 }),
    apps: z.array(App).min(1).max(500),
    customers: z.array(Customer).min(1).max(500),
    store: Store.default({ kind: 'sqlite', file: './data/bot.db' }),
    sealing: z
      .array(SealingKey)
      .default([])
      .describe('keys that tokens are encrypted with at rest: the first seals, all open; needed for distributed apps'),
    limits: Limits.default({
      bodyBytes: 1_048_576,
      perPersonAMinute: 30,
      perWorkspaceAMinute: 600,
      handlerSeconds: 120,
      attempts: 5,
      keepDays: 30,
    }),
    inside: z
      .strictObject({ host: z.string().min(1).default('127.0.0.1'), port: z.int().min(0).max(65_535) })
      .optional()
      .describe(
        "where /livez, /readyz and /metrics are served for those inside; /livez and /readyz are beside Slack's events too",
      ),
    logLevel: z.enum(['debug', 'info', 'error']).default('info'),
    slackApi: z
      .url({ protocol: /^https?$/ })
      .default('https://slack.com/api/')
      .describe('another one for GovSlack, or for tests'),
  })
  .superRefine(({ transport, apps, customers, sealing, store }, context) => {
    const wrong = (path: (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    const names = customers.map((customer) => customer.name);
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) !== index) wrong(['customers', index, 'name'], 'is there twice');
    }
    for (const [index, app] of apps.entries()) {
      if (apps.findIndex((other) => other.id === app.id) !== index) wrong(['apps', index, 'id'], 'is there twice');
      if (app.customer !== undefined && !names.includes(app.customer)) {
        wrong(['apps', index, 'customer'], 'is not among the customers');
      }
      if (transport.kind === 'http' && app.signingSecret === undefined) {
        wrong(['apps', index, 'signingSecret'], 'is needed with the transport `http`');
      }
      if (transport.kind === 'socket' && app.appToken === undefined) {
        wrong(['apps', index, 'appToken'], 'is needed with the transport `socket`');
      }
      if (app.oauth !== undefined && sealing.length === 0) {
        wrong(['sealing'], 'needs a key: an app that is installed by OAuth has tokens to keep');
      }
      if (app.oauth !== undefined && (transport.kind !== 'http' || transport.publicUrl === undefined)) {
        wrong(['transport', 'publicUrl'], 'is needed to install a distributed app');
      }
    }
    if (store.kind === 'sqlite' && apps.length > 50) wrong(['store'], 'has to be postgres for more than 50 apps');
  });
export type BotConfiguration = z.infer<typeof BotConfiguration>;
