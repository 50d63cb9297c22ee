import type { AgentChoice } from '../agent-door/agent-choice.ts';
import { shellWord } from './shell-word.ts';

/** How an agent was chosen, for a command to copy: ` --context dev`. */
export function agentFlags({ context, kubeconfig, config }: AgentChoice): string {
  const given = { '--context': context, '--kubeconfig': kubeconfig, '--config': config };
  return Object.entries(given).map(([name, value]) => (value === undefined ? '' : ` ${name} ${shellWord(value)}`)).join('');
}
