import { everywhere, structured } from '../options/groups.ts';
import { choice, flag, standing, text } from '../options/form.ts';
import { option } from '../options/option.ts';

/** Which local cluster. */
const which = {
  config: option(text, {
    value: 'FILE',
    completes: 'files',
    says: 'The configuration; AUTODEVOPS_CONFIG, or the one that the cluster was made from when absent, else the defaults.',
  }),
  name: option(text, {
    value: 'NAME',
    says: 'The name of the Kind cluster; `cluster.name` of the configuration, or autodevops when absent.',
  }),
};

/** Of commands that look. */
export const localLook = { output: structured, ...which, ...everywhere };

/** Of commands that do something, step by step. */
export const localWork = {
  output: option(standing(choice(['text', 'json', 'jsonl']), 'text'), {
    short: 'o',
    value: 'FORMAT',
    says: 'text, json (what it came to) or jsonl (each event as it happens, one a line).',
  }),
  ...which,
  ...everywhere,
};

export const yes = option(flag, { short: 'y', says: 'Do not ask.' });

export const noWait = option(flag, {
  says: 'Come back when Kubernetes runs, without waiting for its nodes and DNS to be ready.',
});

export const noAgent = option(flag, {
  says: 'Do not start the agent, even if the configuration names agents.',
});
