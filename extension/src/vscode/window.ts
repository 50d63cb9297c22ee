import { commands, env, window, workspace } from 'vscode';
import type { Disposable } from 'vscode';
import { noticeChanges } from '../changes/change-notices.ts';
import type { ContextKey } from '../contributions/context-keys.ts';
import { settingsPrefix } from '../settings/read-settings.ts';
import { followWantedAgent, followWithAgent, noticeAgent, pauseFollowing } from '../window-life.ts';
import type { WindowParts } from '../window-parts.ts';
import { followPresence } from '../window-presence.ts';
import { FileWatch } from './file-watch.ts';
import { runCommand } from './run-commands.ts';

/** What says which clusters there are, and what of the folder is about them. */
interface Watches {
  readonly kubeconfigs: FileWatch;
  readonly config: FileWatch;
}

async function readAll({ clusters, folderConfigs }: WindowParts, { kubeconfigs, config }: Watches): Promise<void> {
  await Promise.all([clusters.refresh(), folderConfigs.refresh()]);
  kubeconfigs.watch(await clusters.files());
  const path = folderConfigs.path();
  config.watch(path === undefined ? [] : [path]);
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
  const kubeconfigs = new FileWatch(() => look());
  const config = new FileWatch(() => void parts.folderConfigs.refresh());
  const look = (): void =>
    void readAll(parts, { kubeconfigs, config }).catch((error: unknown) =>
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
    config,
    {
      dispose: () => {
        ends.forEach((end) => end());
        pauseFollowing(parts);
      },
    },
  ];
}
