import { parseDuration } from '@autodevops/domain/duration';
import { choice, flag, listOf, matching, openFlag, readBy, standing, text } from './form.ts';
import { option } from './option.ts';

/** Options that every command has. */
export const everywhere = {
  help: option(flag, { short: 'h', says: 'Show this help.' }),
  color: option(openFlag, { says: 'Use colours even where no terminal is seen.' }),
  noColor: option(flag, { says: 'Use no colours (NO_COLOR does the same).' }),
};

/** Which cluster is read, and as whom. */
export const clusterOptions = {
  context: option(text, {
    value: 'NAME',
    completes: 'contexts',
    says: 'The kubeconfig context; the current one when absent.',
  }),
  kubeconfig: option(text, {
    value: 'FILE',
    completes: 'files',
    says: 'The kubeconfig; KUBECONFIG or ~/.kube/config when absent.',
  }),
  as: option(text, { value: 'USER', says: 'Act as this user, as kubectl does.' }),
  asGroup: option(listOf(text), {
    value: 'GROUP',
    says: 'Act as a member of this group; may be repeated.',
  }),
  from: option(text, {
    value: 'PATH',
    completes: 'files',
    says: 'Read a recorded cluster instead: a bundle, a cluster-info dump, a must-gather, a support bundle, or YAML and JSON files.',
  }),
  sample: option(flag, { says: 'Look at the embedded sample cluster.' }),
};

export const scopeOptions = {
  namespace: option(listOf(text), {
    short: 'n',
    value: 'NAME',
    says: 'Only this namespace; may be repeated. Every namespace when absent.',
  }),
  allNamespaces: option(flag, { short: 'A', says: 'Every namespace (the default).' }),
};

const monitoring = matching(
  /^(https?:\/\/[^\s@?#]+|[a-z0-9-]+\/[a-z0-9-]+:[a-z0-9-]+|find)$/,
  'an address (https://HOST:PORT), a Service of the cluster (NAMESPACE/NAME:PORT) or the word find',
);

/** Monitoring that is read besides the cluster. What wants credentials is given to an agent, in its configuration. */
export const signalOptions = {
  prometheus: option(monitoring, {
    value: 'ADDRESS',
    says: 'Ask this Prometheus what the metrics say: https://HOST:PORT, NAMESPACE/NAME:PORT of a Service, through the API server, or find, which looks for it in the cluster.',
  }),
  alertmanager: option(monitoring, {
    value: 'ADDRESS',
    says: 'Take the alerts of this Alertmanager as symptoms; written as for --prometheus.',
  }),
  loki: option(monitoring, {
    value: 'ADDRESS',
    says: 'Search this Loki where the kubelet no longer has a log; written as for --prometheus.',
  }),
};

/** As it was written: `parseDuration` reads it. */
export const duration = readBy((word) =>
  parseDuration(word) === undefined ? { wanted: 'a duration such as 90s, 15m, 1h30m or 2d' } : { value: word },
);

export const structured = option(standing(choice(['text', 'json', 'yaml']), 'text'), {
  short: 'o',
  value: 'FORMAT',
  says: 'text, json or yaml.',
});
