import { EventEmitter, lm, McpStdioServerDefinition, workspace } from 'vscode';
import type { Disposable } from 'vscode';
import { insideElectron, nodeEnvironment } from '@autodevops/agentd/process/node-environment';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { mcpProvider } from '../contributions/mcp.ts';
import { agentArguments } from '../commands/program-arguments.ts';
import type { WindowParts } from '../window-parts.ts';

/** Jamie's reading and *propose* for agent mode, by the program beside the extension; only where the setting says so. */
export function registerMcp(parts: WindowParts, program: string): readonly Disposable[] {
  const changed = new EventEmitter<void>();
  const offered = (): readonly McpStdioServerDefinition[] => {
    if (!parts.settings()['mcp.enabled'] || !parts.folder.trusted() || parts.wanted() instanceof AutoDevOpsError) {
      return [];
    }
    // A program of its own is not kept from proposing by what this window refuses.
    if (parts.folderConfigs.refusal() !== undefined) return [];
    // Only what Node needs of the environment: a server of the protocol is shown it by the editor.
    const { ELECTRON_RUN_AS_NODE } = nodeEnvironment({}, insideElectron());
    return [
      new McpStdioServerDefinition(
        'Auto-DevOps',
        process.execPath,
        [program, 'mcp', ...agentArguments(parts)],
        ELECTRON_RUN_AS_NODE === undefined ? {} : { ELECTRON_RUN_AS_NODE },
        parts.version,
      ),
    ];
  };
  return [
    changed,
    lm.registerMcpServerDefinitionProvider(mcpProvider, {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions: () => [...offered()],
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('autodevops.mcp')) changed.fire();
    }),
    { dispose: parts.clusters.state.subscribe(() => changed.fire()) },
    { dispose: parts.folderConfigs.state.subscribe(() => changed.fire()) },
  ];
}
