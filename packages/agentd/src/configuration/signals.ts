import { Dashboard } from '@autodevops/domain/incident/dashboard';
import { z } from 'zod';

const file = z.string().min(1);

const shown = {
  url: z
    .url({ protocol: /^https?$/ })
    .refine((url) => URL.canParse(url) && new URL(url).username === '' && new URL(url).search === '', {
      error: 'holds no name, no password and no parameters; credentials stand in files',
    })
    .optional()
    .describe('its address, with the path under which its API is'),
  service: z
    .string()
    .max(200)
    .regex(/^(find|[a-z0-9-]+\/[a-z0-9-]+:[a-z0-9-]+)$/, 'not NAMESPACE/NAME:PORT, and not `find`')
    .optional()
    .describe(
      'instead of an address: a Service of the cluster, NAMESPACE/NAME:PORT, reached through the API server; `find` looks for it where it usually is',
    ),
  scheme: z.enum(['http', 'https']).optional().describe('how the Service is spoken to; `http` when absent'),
  path: z
    .string()
    .startsWith('/')
    .max(200)
    .regex(/^[\w./-]+$/, 'not a plain path')
    .optional()
    .describe('of the Service: the path under which its API is'),
  tokenFile: file
    .optional()
    .describe('a file, of a mounted Secret, with a bearer token; every file here is read at each request'),
  user: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^:\p{Cc}]+$/u, 'not a user name')
    .optional(),
  passwordFile: file.optional(),
  certificate: file.optional().describe('file, PEM: shown to a source that wants a certificate of its callers'),
  key: file.optional().describe('file, PEM, of that certificate'),
  authority: file
    .optional()
    .describe("file, PEM: who issued the source's certificate; the system's authorities when absent"),
  tenant: z
    .string()
    .min(1)
    .max(150)
    .regex(/^[\w.!*'()-]+$/, 'not a tenant')
    .optional()
    .describe('sent as X-Scope-OrgID, as Loki and Mimir want it'),
};

type Shown = z.infer<z.ZodObject<typeof shown>>;

/** Which keys do not go together, with the sentence about it. */
function contradictions(source: Shown): readonly (readonly [key: string, message: string])[] {
  const bySelf = (['tokenFile', 'user', 'passwordFile', 'certificate', 'key', 'authority', 'tenant'] as const).filter(
    (key) => source[key] !== undefined,
  );
  return [
    ...((source.url === undefined) === (source.service === undefined)
      ? [['url', 'give either `url` or `service`'] as const]
      : []),
    ...(source.service === undefined || source.service === 'find'
      ? (['scheme', 'path'] as const)
          .filter((key) => source[key] !== undefined)
          .map((key) => [key, 'goes with a `service` that is named'] as const)
      : []),
    ...(source.service === undefined
      ? []
      : bySelf.map((key) => [key, 'goes with `url`: a Service is reached with the rights of the kubeconfig'] as const)),
    ...((source.user === undefined) === (source.passwordFile === undefined)
      ? []
      : [['user', 'goes with `passwordFile`'] as const]),
    ...((source.certificate === undefined) === (source.key === undefined)
      ? []
      : [['certificate', 'goes with `key`'] as const]),
    ...(source.user !== undefined && source.tokenFile !== undefined
      ? [['tokenFile', 'goes without `user`'] as const]
      : []),
  ];
}

function refuseContradictions(source: Shown, context: z.RefinementCtx): void {
  for (const [key, message] of contradictions(source)) context.addIssue({ code: 'custom', path: [key], message });
}

const Source = z.strictObject(shown).superRefine(refuseContradictions);
export type SignalSource = z.infer<typeof Source>;

/** What monitoring Jamie reads besides the cluster. Nothing is asked that is not named here. */
export const Signals = z.strictObject({
  prometheus: Source.optional().describe('Prometheus, or what speaks its HTTP API'),
  alertmanager: Source.optional().describe(
    'its alerts are symptoms; Scarlet may propose silences of those that were seen',
  ),
  loki: Source.optional(),
  grafana: z
    .strictObject({
      ...shown,
      page: z
        .url({ protocol: /^https?$/ })
        .optional()
        .describe('where people see it, where that is another address'),
      dashboards: z.array(Dashboard).max(100).default([]).describe('where causes of incidents can be seen'),
      datasource: z
        .string()
        .regex(/^[A-Za-z0-9_-]{1,40}$/)
        .optional()
        .describe('uid of the data source of these metrics there: what metrics say leads to it then'),
    })
    .superRefine(refuseContradictions)
    .optional()
    .describe('changes that were carried out are written there as annotations'),
  withinSeconds: z.number().min(0.1).max(30).default(3).describe('how long they may hold an answer up, all together'),
});
export type Signals = z.infer<typeof Signals>;
