import type { AutoDevOpsError } from '@autodevops/domain/errors';
import type { CommandId } from '../contributions/commands.ts';
import { t } from '../language/translate.ts';

/** A command that may help, and what its button says. */
export interface Act {
  readonly command: CommandId;
  readonly title: string;
}

const acts = {
  switchContext: () => ({ command: 'autodevops.cluster.switch', title: t('Switch Context') }),
  startLocal: () => ({ command: 'autodevops.local.start', title: t('Start Local Cluster') }),
  openConfig: () => ({ command: 'autodevops.local.openConfig', title: t('Open Local Config') }),
  nameConfig: () => ({ command: 'autodevops.local.nameConfig', title: t('Name Another Local Config') }),
  doctor: () => ({ command: 'autodevops.doctor', title: t('Run Doctor') }),
  lookAgain: () => ({ command: 'autodevops.refresh', title: t('Look Again') }),
  restart: () => ({ command: 'autodevops.agent.restart', title: t('Restart Agent') }),
  showLogs: () => ({ command: 'autodevops.agent.showLogs', title: t('Show Logs of the Agent') }),
} as const satisfies Record<string, () => Act>;

/** Whether it is the agent itself that fails, and not what it stands on: its cluster, the kubeconfig, a file or a setting. */
export function isOfAgent({ code }: Pick<AutoDevOpsError, 'code'>): boolean {
  return code !== 'usage' && code !== 'config.invalid' && !/^(cluster|kubeconfig)\./.test(code);
}

/** What helps against what keeps a window from its cluster, the likeliest first. A setting that says so has to be set by hand. */
export function actsAgainst({ code }: Pick<AutoDevOpsError, 'code'>): readonly Act[] {
  if (code === 'usage') return [];
  if (code === 'kubeconfig.no-context') return [acts.switchContext(), acts.startLocal()];
  if (code === 'config.invalid') return [acts.openConfig(), acts.nameConfig()];
  if (code.startsWith('kubeconfig.')) return [acts.doctor(), acts.lookAgain()];
  if (code.startsWith('cluster.')) return [acts.lookAgain(), acts.doctor(), acts.switchContext()];
  return [acts.restart(), acts.showLogs()];
}
