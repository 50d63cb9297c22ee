import { commands, env, RelativePattern, Uri, window, workspace } from 'vscode';
import type { Disposable } from 'vscode';
import { noticeChanges } from '../changes/change-notices.ts';
import type { ContextKey } from '../contributions/context-keys.ts';
import { settingsPrefix } from '../settings/read-settings.ts';
import { followWantedAgent, followWithAgent, noticeAgent, pauseFollowing } from '../window-life.ts';
import type { WindowParts } from '../window-parts.ts';
import { followPresence } from '../window-presence.ts';
import { KubeconfigWatch } from './kubeconfig-watch.ts';
import { runCommand } from './run-commands.ts';

async function readAll({ clusters, folderConfigs }: WindowParts, kubeconfigs: KubeconfigWatch): Promise<void> {
  await Promise.all([clusters.refresh(), folderConfigs.refresh()]);
  kubeconfigs.watch(await clusters.files());
}

function watchConfig(parts: WindowParts): readonly Disposable[] {
  const root = workspace.workspaceFolders?.[0];
  if (root === undefined) return [];
  const watcher = workspace.createFileSystemWatcher(
    new RelativePattern(Uri.joinPath(root.uri), parts.settings()['local.config']),
  );
  const look = (): void => void parts.folderConfigs.refresh();
  return [watcher, watcher.onDidChange(look), watcher.onDidCreate(look), watcher.onDidDelete(look)];
}

/** On a server an extension may outlive its window: what only the window can answer, and what changes nothing, tells whether it is there. */
function watchPresence(parts: WindowParts): readonly (() => void)[] {
  return env.remoteName === undefined
    ? []
    : [
        followPresence(parts, async () => {
          await commands.executeCommand(
            'setContext',
            'autodevops.locked' satisfies ContextKey,
            parts.clusters.state.value.locked,
          );
        }),
      ];
}

/** What happens to a window: settings and trust change, it is looked at again, it ends. */
export function registerWindow(parts: WindowParts): readonly Disposable[] {
  const kubeconfigs = new KubeconfigWatch(() => look());
  const look = (): void =>
    void readAll(parts, kubeconfigs).catch((error: unknown) =>
      parts.log.warn(error instanceof Error ? error.message : String(error)),
    );
  const ends = [
    followWantedAgent(parts),
    followWithAgent(parts),
    ...watchPresence(parts),
    noticeAgent(parts, (command) => void runCommand(parts, command, undefined)),
    noticeChanges(parts, (id) => void runCommand(parts, 'autodevops.showChange', { type: 'change', id })),
  ];
  look();
  return [
    ...watchConfig(parts),
    workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(settingsPrefix)) return;
      look();
      const scope = ['problems.namespace', 'problems.hygiene'].some((name) =>
        event.affectsConfiguration(`${settingsPrefix}.${name}`),
      );
      if (scope && parts.problems.followed) parts.problems.again();
    }),
    workspace.onDidGrantWorkspaceTrust(look),
    // Not every system tells of every change of a file while the window is not looked at.
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) look();
    }),
    kubeconfigs,
    {
      dispose: () => {
        ends.forEach((end) => end());
        pauseFollowing(parts);
      },
    },
  ];
}
