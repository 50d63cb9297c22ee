import { z } from 'zod';
import { clusterOptions } from './groups.ts';
import { option } from './option-meta.ts';

/** Which agent is spoken to. */
export const agentOptions = {
  context: clusterOptions.context,
  kubeconfig: clusterOptions.kubeconfig,
  config: option(z.string().optional(), { value: 'FILE', completes: 'files', says: 'The configuration of the agent; AUTODEVOPS_CONFIG, or the one in the cluster\'s state folder when absent.' }),
};
