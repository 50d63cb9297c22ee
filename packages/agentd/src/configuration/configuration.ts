import { z } from 'zod';
import { AutonomyLevel } from '@autodevops/domain/change/policy';
import { Repository } from '@autodevops/domain/change/repository';
import { EmailDomain } from '@autodevops/domain/email-address';
import { ActAs } from '../identity/acting-as.ts';
import { Incidents, usualIncidents } from './incidents.ts';
import { kindSettings, settingsOfKindAlone } from './kind-cluster.ts';
import { Signals } from './signals.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);

const Tls = z.strictObject({
  certificate: z.string().min(1).describe('file, PEM'),
  key: z.string().min(1).describe('file, PEM'),
  clientAuthority: z
    .string()
    .min(1)
    .optional()
    .describe('file, PEM: callers must show a certificate of this authority'),
});

const Listen = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('socket'),
    path: z.string().min(1).optional().describe('a Unix socket; by default in the state folder'),
  }),
  z.strictObject({
    kind: z.literal('tcp'),
    host: z.string().min(1).default('127.0.0.1'),
    port: z.int().min(0).max(65_535),
    tls: Tls.optional(),
  }),
]);

/** Another surface that may say who asks, by short-lived signed assertions. */
const Issuer = z.strictObject({
  name,
  publicKey: z.string().min(1).describe('file, PEM, Ed25519'),
  surface: z.enum(['slack', 'vscode', 'http']),
  emailDomains: z
    .array(EmailDomain)
    .max(20)
    .default([])
    .describe(
      'domains of e-mail addresses that it may vouch for: an account with one there becomes that of the person who has `email:ADDRESS`; none: by no address',
    ),
});

/** Where traces go, by OTLP over HTTP (https://opentelemetry.io/docs/specs/otlp/). */
const Traces = z.strictObject({
  otlp: z
    .url({ protocol: /^https?$/ })
    .refine((url) => new URL(url).username === '', {
      error: 'holds no name and no password; give headers by OTEL_EXPORTER_OTLP_HEADERS',
    })
    .describe('address of the collector: `/v1/traces` is added to it'),
  ratio: z.number().min(0).max(1).default(1).describe('share of the traces that begin here and are kept'),
});

/** How commands and other programs of this machine reach the agent, where `listen` alone does not say it. */
const Client = z.strictObject({
  address: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('where the agent is found; by default as `listen` says'),
  certificate: z
    .string()
    .min(1)
    .optional()
    .describe('file, PEM: shown to an agent that wants a certificate of its callers'),
  key: z.string().min(1).optional().describe('file, PEM, of that certificate'),
  authority: z
    .string()
    .min(1)
    .optional()
    .describe(
      "file, PEM: who issued the agent's certificate, which then has to be in the name of its address; by default the agent has to show the very certificate of `listen.tls`",
    ),
});

const days = z.int().min(1).max(3650);

/** How long is kept what is not kept for ever: the audit log and changes are. */
const Retention = z.strictObject({
  eventDays: days.default(14).describe('events of the outbox: a follower that was away for longer begins anew'),
  noteDays: days.default(365).describe('notes that were remembered; lessons and runbooks stay'),
  conversationDays: days.default(90).describe('conversations, from their last question on'),
});

const Cluster = z
  .strictObject({
    type: z
      .enum(['kind', 'context', 'in-cluster'])
      .default('context')
      .describe('`kind`: a local cluster that `autodevops local` makes and removes'),
    context: z
      .string()
      .min(1)
      .optional()
      .describe('of the kubeconfig; for `kind` that of the local cluster when absent'),
    kubeconfig: z.string().min(1).optional().describe('file; KUBECONFIG or ~/.kube/config when absent'),
    ...kindSettings,
  })
  .superRefine((cluster, context) => {
    if (cluster.type === 'kind') return;
    for (const key of settingsOfKindAlone(cluster)) {
      context.addIssue({ code: 'custom', path: [key], message: 'is a setting of `type: kind` alone' });
    }
  });

/**
 * The one document that an agent is started from: `local-config.yaml` on a laptop, `cloud-config.yaml` in a customer's
 * cluster. Unknown keys are errors. Paths are relative to the file.
 */
export const Configuration = z.strictObject({
  mode: z.enum(['local', 'cloud']).default('local'),
  customer: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/)
    .default('local'),
  cluster: Cluster.default({ type: 'context' }),
  agents: z
    .strictObject({
      jamie: z
        .strictObject({
          model: z.string().min(1).default('none').describe('a model of the configured server, or `none`'),
          memory: z
            .string()
            .regex(/^(sqlite:\/\/.+|postgres(ql)?:\/\/.+)$/)
            .default('sqlite://./data/jamie.db'),
        })
        .default({ model: 'none', memory: 'sqlite://./data/jamie.db' }),
      scarlet: z
        .strictObject({
          autonomy_level: AutonomyLevel.default('suggest'),
          policy: z.string().min(1).optional().describe('a policy file'),
          policyOnTrial: z
            .string()
            .min(1)
            .optional()
            .describe(
              'a policy file that is asked beside the one in force: what it would have said is kept with every decision, and changes nothing',
            ),
          actAs: ActAs.default({ who: 'agent', groups: {} }),
          approvalMinutes: z.int().min(1).max(1440).default(60).describe('how long a proposal waits for its yes'),
        })
        .default({ autonomy_level: 'suggest', actAs: { who: 'agent', groups: {} }, approvalMinutes: 60 }),
    })
    .default({
      jamie: { model: 'none', memory: 'sqlite://./data/jamie.db' },
      scarlet: { autonomy_level: 'suggest', actAs: { who: 'agent', groups: {} }, approvalMinutes: 60 },
    }),
  observability: z
    .strictObject({
      metrics_retention: z
        .string()
        .regex(/^\d+[smhdw]$/)
        .default('7d'),
      log_level: z.enum(['debug', 'info', 'error']).default('info'),
      traces: Traces.optional().describe('off when absent, unless OTEL_EXPORTER_OTLP_ENDPOINT is set'),
    })
    .default({ metrics_retention: '7d', log_level: 'info' }),
  listen: Listen.default({ kind: 'socket' }),
  client: Client.default({}),
  mcp: z
    .strictObject({
      http: z.boolean().default(true).describe('serve other assistants at `/mcp` too, to whoever shows who he is'),
    })
    .default({ http: true }),
  bootstrap: z
    .strictObject({
      tokenFile: z
        .string()
        .min(1)
        .describe('a file, of a mounted Secret: 32 characters or more, good once, for the first administrator'),
      minutes: z
        .int()
        .min(1)
        .max(1440)
        .default(60)
        .describe('how long it may be used, from the first start that sees it'),
    })
    .optional(),
  retention: Retention.default({ eventDays: 14, noteDays: 365, conversationDays: 90 }),
  incidents: Incidents.default(usualIncidents),
  signals: Signals.default({ withinSeconds: 3 }),
  issuers: z.array(Issuer).default([]),
  repositories: z.array(Repository).default([]),
  audit: z
    .strictObject({
      checkpoints: z
        .string()
        .min(1)
        .optional()
        .describe('a file in a second place, to which signed checkpoints are added'),
      everyMinutes: z.int().min(1).max(1440).default(15),
    })
    .default({ everyMinutes: 15 }),
});
export type Configuration = z.infer<typeof Configuration>;
