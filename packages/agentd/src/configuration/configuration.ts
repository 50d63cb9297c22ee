import { z } from 'zod';
import { AutonomyLevel } from '@autodevops/domain/change/policy';
import { Repository } from '@autodevops/domain/change/repository';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);

const Tls = z.strictObject({
  certificate: z.string().min(1).describe('file, PEM'),
  key: z.string().min(1).describe('file, PEM'),
  clientAuthority: z.string().min(1).optional().describe('file, PEM: callers must show a certificate of this authority'),
});

const Listen = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('socket'), path: z.string().min(1).optional().describe('a Unix socket; by default in the state folder') }),
  z.strictObject({ kind: z.literal('tcp'), host: z.string().min(1).default('127.0.0.1'), port: z.int().min(0).max(65_535), tls: Tls.optional() }),
]);

/** Another surface that may say who asks, by short-lived signed assertions. */
const Issuer = z.strictObject({ name, publicKey: z.string().min(1).describe('file, PEM, Ed25519'), surface: z.enum(['slack', 'vscode', 'http']) });

/**
 * The one document that an agent is started from: `local-config.yaml` on a laptop, `cloud-config.yaml` in a customer's
 * cluster. Unknown keys are errors. Paths are relative to the file.
 */
export const Configuration = z.strictObject({
  mode: z.enum(['local', 'cloud']).default('local'),
  customer: z.string().regex(/^[a-z0-9][a-z0-9-]*$/).default('local'),
  cluster: z.strictObject({
    type: z.enum(['kind', 'context', 'in-cluster']).default('context'),
    nodes: z.int().min(1).max(20).optional(),
    context: z.string().min(1).optional(),
    kubeconfig: z.string().min(1).optional(),
  }).default({ type: 'context' }),
  agents: z.strictObject({
    jamie: z.strictObject({
      model: z.string().min(1).default('none').describe('a model of the configured server, or `none`'),
      memory: z.string().regex(/^(sqlite:\/\/.+|postgres(ql)?:\/\/.+)$/).default('sqlite://./data/jamie.db'),
    }).default({ model: 'none', memory: 'sqlite://./data/jamie.db' }),
    scarlet: z.strictObject({
      autonomy_level: AutonomyLevel.default('suggest'),
      policy: z.string().min(1).optional().describe('a policy file'),
      approvalMinutes: z.int().min(1).max(1440).default(60).describe('how long a proposal waits for its yes'),
    }).default({ autonomy_level: 'suggest', approvalMinutes: 60 }),
  }).default({ jamie: { model: 'none', memory: 'sqlite://./data/jamie.db' }, scarlet: { autonomy_level: 'suggest', approvalMinutes: 60 } }),
  observability: z.strictObject({
    metrics_retention: z.string().regex(/^\d+[smhdw]$/).default('7d'),
    log_level: z.enum(['debug', 'info', 'error']).default('info'),
  }).default({ metrics_retention: '7d', log_level: 'info' }),
  listen: Listen.default({ kind: 'socket' }),
  issuers: z.array(Issuer).default([]),
  repositories: z.array(Repository).default([]),
  audit: z.strictObject({
    checkpoints: z.string().min(1).optional().describe('a file in a second place, to which signed checkpoints are added'),
    everyMinutes: z.int().min(1).max(1440).default(15),
  }).default({ everyMinutes: 15 }),
});
export type Configuration = z.infer<typeof Configuration>;
