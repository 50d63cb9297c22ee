import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { Configuration } from '../../agentd/src/configuration/configuration.ts';
import { namespaces, optionalName, pods, secretName } from './chart-values.ts';

const namePrefix = 'autodevops-scarlet-';

/** The groups of actions that deploy/rbac/scarlet.yaml has a role for. */
function scarletRoles(root: string): readonly string[] {
  const documents = parseAllDocuments(readFileSync(join(root, 'deploy', 'rbac', 'scarlet.yaml'), 'utf8'));
  return documents.map((document) => String(document.getIn(['metadata', 'name'])).slice(namePrefix.length));
}

const customer = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);

/** The configuration's settings that the chart leaves to people: where an agent runs and listens is the chart's to say. */
function given(): z.ZodType {
  const { mode: _mode, cluster: _cluster, listen: _listen, client: _client, ...shape } = Configuration.shape;
  return z
    .strictObject({ ...shape, customer })
    .describe("the agent's configuration; the chart adds mode, cluster and listen");
}

/** The values of deploy/charts/agent. */
export function agentValues(root: string): z.ZodType {
  const role = z.enum(scarletRoles(root));
  return z.strictObject({
    ...pods,
    configuration: given(),
    tls: z.strictObject({
      secret: secretName.describe('of type kubernetes.io/tls, for the name of the Service'),
      clientAuthority: optionalName.describe('a Secret with ca.crt: callers must show a certificate of that authority'),
    }),
    service: z.strictObject({
      port: z.int().min(1).max(65_535).default(7443),
      annotations: z.record(z.string(), z.string()).default({}),
    }),
    rbac: z.strictObject({
      create: z.boolean().default(true),
      read: z
        .union([z.strictObject({ everywhere: z.literal(true) }), z.strictObject({ namespaces })])
        .optional()
        .describe(
          'where Jamie looks, everywhere when absent; in some namespaces alone she names the rest as not seen, and Scarlet changes no role, binding or ServiceAccount',
        ),
      readSecrets: z
        .boolean()
        .default(false)
        .describe('Jamie sees which Secrets there are: see deploy/rbac/jamie-read-secrets.yaml'),
      scarlet: z
        .array(z.union([z.strictObject({ role, namespaces }), z.strictObject({ role, everywhere: z.literal(true) })]))
        .default([])
        .describe('what Scarlet may change, and where: the roles of deploy/rbac/README.md'),
    }),
  });
}

/** The roles that the chart gives are those of deploy/rbac, letter by letter: Helm reads files of its own chart alone. */
export function chartRoles(root: string): readonly { readonly path: string; readonly text: string }[] {
  return ['jamie-read-only.yaml', 'jamie-read-secrets.yaml', 'scarlet.yaml'].map((name) => ({
    path: `deploy/charts/agent/roles/${name}`,
    text: readFileSync(join(root, 'deploy', 'rbac', name), 'utf8'),
  }));
}
