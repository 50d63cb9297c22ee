import { connectionOf } from '@autodevops/agentd/connection';
import { readContextFacts } from '@autodevops/kube/kubeconfig';
import { agentProcesses } from '../machine/agent-processes.ts';
import type { Editor } from '../ports/editor.ts';
import type { AgentLauncher } from './agent-launcher.ts';
import { tokenName } from './token-name.ts';

/** Agents of this machine, started from the program beside the extension, or found by a folder's configuration. */
export function composeLauncher(program: string, { secrets }: Pick<Editor, 'secrets'>): AgentLauncher {
  return agentProcesses({
    program,
    cluster: readContextFacts,
    connection: connectionOf,
    token: async (wanted) => await secrets.get(tokenName(wanted)),
  });
}
