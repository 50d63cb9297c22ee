import type { AgentChoice } from '@autodevops/agentd/process/agent-choice';
import { shellWord } from '@autodevops/domain/shell-word';

/** How an agent was chosen, for a command to copy: ` --context dev`. */
export function agentFlags({ context, kubeconfig, config, clientCert, clientKey, ca }: AgentChoice): string {
  const given = {
    '--context': context,
    '--kubeconfig': kubeconfig,
    '--config': config,
    '--client-cert': clientCert,
    '--client-key': clientKey,
    '--ca': ca,
  };
  return Object.entries(given)
    .map(([name, value]) => (value === undefined ? '' : ` ${name} ${shellWord(value)}`))
    .join('');
}
