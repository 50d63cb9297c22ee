import { z } from 'zod';
import { parseDuration } from '@autodevops/domain/duration';
import { option } from './option-meta.ts';

/** Options that every command has. */
export const everywhere = {
  help: option(z.boolean().default(false), { short: 'h', says: 'Show this help.' }),
  color: option(z.boolean().optional(), { says: 'Use colours even where no terminal is seen.' }),
  noColor: option(z.boolean().default(false), { says: 'Use no colours (NO_COLOR does the same).' }),
};

/** Which cluster is read, and as whom. */
export const clusterOptions = {
  context: option(z.string().optional(), {
    value: 'NAME',
    completes: 'contexts',
    says: 'The kubeconfig context; the current one when absent.',
  }),
  kubeconfig: option(z.string().optional(), {
    value: 'FILE',
    completes: 'files',
    says: 'The kubeconfig; KUBECONFIG or ~/.kube/config when absent.',
  }),
  as: option(z.string().optional(), { value: 'USER', says: 'Act as this user, as kubectl does.' }),
  asGroup: option(z.array(z.string()).optional(), {
    value: 'GROUP',
    says: 'Act as a member of this group; may be repeated.',
  }),
  from: option(z.string().optional(), {
    value: 'PATH',
    completes: 'files',
    says: 'Read a recorded cluster instead: a bundle, a cluster-info dump, a must-gather, a support bundle, or YAML and JSON files.',
  }),
  sample: option(z.boolean().default(false), { says: 'Look at the embedded sample cluster.' }),
};

export const scopeOptions = {
  namespace: option(z.array(z.string()).optional(), {
    short: 'n',
    value: 'NAME',
    says: 'Only this namespace; may be repeated. Every namespace when absent.',
  }),
  allNamespaces: option(z.boolean().default(false), { short: 'A', says: 'Every namespace (the default).' }),
};

/** Each option has a schema of its own, which carries what it is called. */
const monitoring = () =>
  z
    .string()
    .regex(
      /^(https?:\/\/[^\s@?#]+|[a-z0-9-]+\/[a-z0-9-]+:[a-z0-9-]+|find)$/,
      'an address (https://HOST:PORT), a Service of the cluster (NAMESPACE/NAME:PORT) or the word find',
    )
    .optional();

/** Monitoring that is read besides the cluster. What wants credentials is given to an agent, in its configuration. */
export const signalOptions = {
  prometheus: option(monitoring(), {
    value: 'ADDRESS',
    says: 'Ask this Prometheus what the metrics say: https://HOST:PORT, NAMESPACE/NAME:PORT of a Service, through the API server, or find, which looks for it in the cluster.',
  }),
  alertmanager: option(monitoring(), {
    value: 'ADDRESS',
    says: 'Take the alerts of this Alertmanager as symptoms; written as for --prometheus.',
  }),
  loki: option(monitoring(), {
    value: 'ADDRESS',
    says: 'Search this Loki where the kubelet no longer has a log; written as for --prometheus.',
  }),
};

export const duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, { error: 'a duration such as 90s, 15m, 1h30m or 2d' });

export const structured = option(z.enum(['text', 'json', 'yaml']).default('text'), {
  short: 'o',
  value: 'FORMAT',
  says: 'text, json or yaml.',
});
