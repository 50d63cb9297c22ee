import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ClusterState } from '../clusters/chosen-cluster.ts';
import type { FolderConfig } from '../clusters/folder-config.ts';
import { t } from '../language/translate.ts';
import type { Editor } from '../ports/editor.ts';
import type { AgentWanted } from './agent-launcher.ts';

/**
 * Which agent a window speaks to: that of its chosen cluster, by the configuration of the folder where that is about
 * this very cluster, and by none where it cannot be read: reading needs none. Or why to none.
 */
export function wantedAgent(
  { folder, settings }: Pick<Editor, 'folder' | 'settings'>,
  { chosen, problem }: Pick<ClusterState, 'chosen' | 'problem'>,
  config: FolderConfig | undefined,
): AgentWanted | AutoDevOpsError {
  if (!folder.trusted()) {
    return new AutoDevOpsError(
      'usage',
      t('This folder is not trusted: nothing is started in it.'),
      t('Manage the trust of the workspace.'),
    );
  }
  if (settings()['cluster.access'] === 'off') {
    return new AutoDevOpsError(
      'usage',
      t('Clusters are not spoken to, because the setting autodevops.cluster.access is off.'),
      t('Set it to live.'),
    );
  }
  if (problem !== undefined) return problem;
  if (chosen === undefined) {
    return new AutoDevOpsError(
      'kubeconfig.no-context',
      t('There is no cluster to speak to.'),
      t('Start a local one, or switch to a context.'),
    );
  }
  const own = config?.context === chosen.name ? config.path : undefined;
  return {
    context: chosen.name,
    server: chosen.server,
    kubeconfig: settings()['cluster.kubeconfig'] || undefined,
    config: own,
  };
}
