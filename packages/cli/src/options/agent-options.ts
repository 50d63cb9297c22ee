import { clusterOptions } from './groups.ts';
import { text } from './form.ts';
import { option } from './option.ts';

/** Which agent is spoken to. */
export const agentOptions = {
  context: clusterOptions.context,
  kubeconfig: clusterOptions.kubeconfig,
  config: option(text, {
    value: 'FILE',
    completes: 'files',
    says: "The configuration of the agent; AUTODEVOPS_CONFIG, or the one in the cluster's state folder when absent.",
  }),
  clientCert: option(text, {
    value: 'FILE',
    completes: 'files',
    says: 'A certificate (PEM) for an agent that wants one of its callers; AUTODEVOPS_CLIENT_CERT, or client.certificate of the configuration when absent.',
  }),
  clientKey: option(text, {
    value: 'FILE',
    completes: 'files',
    says: 'Its key (PEM); AUTODEVOPS_CLIENT_KEY, or client.key.',
  }),
  ca: option(text, {
    value: 'FILE',
    completes: 'files',
    says: "Who issued the agent's certificate (PEM); AUTODEVOPS_CA, or client.authority. Without it the agent has to show the very certificate of listen.tls.",
  }),
};
