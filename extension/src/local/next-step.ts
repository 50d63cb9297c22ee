import type { LocalStatus } from '@autodevops/domain/local-cluster';
import { printable } from '@autodevops/domain/printable';
import { t } from '../language/translate.ts';

/** What a person does next about a local cluster, by the commands of the editor; empty where nothing is to do. */
export function nextStep({
  phase,
  engine,
  ready,
  next,
}: Pick<LocalStatus, 'phase' | 'engine' | 'ready' | 'next'>): string {
  // Without an engine its trouble is what is next, and how to mend that.
  if (engine === null) return printable(next);
  if (phase === 'absent') return t('Make it: Auto-DevOps: Start Local Cluster.');
  if (phase === 'half-made') {
    return t('Auto-DevOps: Start Local Cluster goes on from here; Reset Local Cluster makes it anew.');
  }
  if (phase === 'stopped') return t('Start it: Auto-DevOps: Start Local Cluster.');
  if (phase === 'partly-running') return t('Start the others: Auto-DevOps: Start Local Cluster.');
  if (phase === 'foreign') {
    return t('It was not made from here and is left alone. Choose another name in local-config.yaml.');
  }
  return ready ? '' : t('Its API server does not answer yet. Look again in a moment.');
}
