import { t } from './translate.ts';

/** What the command line is told, and the command of the palette that does the same. */
const sameInEditor: Readonly<Record<string, () => string>> = {
  'agent start': () => t('Auto-DevOps: Restart Agent'),
  'agent status': () => t('Auto-DevOps: Show Logs of the Agent'),
  capture: () => t('Auto-DevOps: Capture Bundle'),
  'change cancel': () => t('Auto-DevOps: Cancel Change'),
  'change list': () => t('Auto-DevOps: Show Change'),
  'change show': () => t('Auto-DevOps: Show Change'),
  'change watch': () => t('Auto-DevOps: Show Change'),
  diagnose: () => t('Auto-DevOps: Diagnose Cluster'),
  explain: () => t('Auto-DevOps: Explain Finding'),
  fix: () => t('Auto-DevOps: Propose Fix'),
  'incident list': () => t('Auto-DevOps: Show Incident'),
  'incident show': () => t('Auto-DevOps: Show Incident'),
  'kill-switch off': () => t('Auto-DevOps: Kill Switch'),
  'local doctor': () => t('Auto-DevOps: Run Doctor'),
  'local down': () => t('Auto-DevOps: Remove Local Cluster'),
  'local load': () => t('Auto-DevOps: Load Image into the Local Cluster'),
  'local reset': () => t('Auto-DevOps: Reset Local Cluster'),
  'local start': () => t('Auto-DevOps: Start Local Cluster'),
  'local status': () => t('Auto-DevOps: Status of the Local Cluster'),
  'local stop': () => t('Auto-DevOps: Stop Local Cluster'),
  'local up': () => t('Auto-DevOps: Start Local Cluster'),
};

const inTerminal = new RegExp(`\`autodevops (${Object.keys(sameInEditor).join('|')})(?: [^\`]*)?\``, 'g');

/** Options of a command, and where the editor has the same. */
const options: readonly (readonly [RegExp, () => string])[] = [
  [/\bpass another one with --kubeconfig\b/g, () => t('name another one by the setting autodevops.cluster.kubeconfig')],
  [/\bPass another one with --kubeconfig\b/g, () => t('Name another one by the setting autodevops.cluster.kubeconfig')],
  [/\bpass its path with --kubeconfig\b/g, () => t('name its path by the setting autodevops.cluster.kubeconfig')],
  [/\bwith --kubeconfig\b/g, () => t('by the setting autodevops.cluster.kubeconfig')],
  [/\bwith --context\b/g, () => t('by Auto-DevOps: Switch Context')],
];

/** A sentence that names commands and options of a terminal: those that the editor has too are named as there. What it has none for stays. */
export function saidInEditor(text: string): string {
  return options.reduce(
    (said, [option, setting]) => said.replaceAll(option, setting),
    text.replaceAll(inTerminal, (command, words: string) => sameInEditor[words]?.() ?? command),
  );
}

/** What a sentence may then name. */
export const namedInEditor: readonly string[] = Object.values(sameInEditor).map((name) => name());
