import { namesInTerminal } from '@autodevops/domain/remedy/in-terminal';
import type { RemedyParts, RemedyStep } from '@autodevops/domain/remedy/remedy-step';
import { ofStep, stepsIn } from '@autodevops/domain/remedy/step-names';
import type { OfEveryStep } from '@autodevops/domain/remedy/step-names';
import type { CommandId } from '../contributions/commands.ts';
import type { Settings } from '../settings/settings.ts';
import type { Subject } from '../tree/subject.ts';
import { t } from './translate.ts';

/** A command of the palette that does a step, as the palette names it, and what it is called on. */
export interface PaletteStep {
  readonly command: CommandId;
  readonly title: string;
  readonly subject?: Subject;
}

type Way = PaletteStep | { readonly setting: keyof Settings } | undefined;

/** What it is called on may come from afar: the command parses it, as it does all that it is called on. */
function palette(command: CommandId, title: string, subject?: Subject): PaletteStep {
  return { command, title, ...(subject === undefined ? {} : { subject }) };
}

function setting(name: keyof Settings): Way {
  return { setting: name };
}

const terminalAlone = (): Way => undefined;

/** How a person at the editor does what can be done next. */
const ways: OfEveryStep<Way> = {
  'list-changes': () => palette('autodevops.showChange', t('Auto-DevOps: Show Change')),
  'show-change': ({ change }) =>
    palette('autodevops.showChange', t('Auto-DevOps: Show Change'), { type: 'change', id: change }),
  'watch-change': ({ change }) =>
    palette('autodevops.showChange', t('Auto-DevOps: Show Change'), { type: 'change', id: change }),
  'cancel-change': ({ change }) =>
    palette('autodevops.cancelChange', t('Auto-DevOps: Cancel Change'), { type: 'change', id: change }),
  'list-actions': terminalAlone,
  'propose-change': terminalAlone,
  'rehearse-scaling': terminalAlone,
  'propose-fix': () => palette('autodevops.proposeFix', t('Auto-DevOps: Propose Fix')),
  'propose-directly': terminalAlone,
  'turn-kill-switch-off': () => palette('autodevops.killSwitch', t('Auto-DevOps: Kill Switch')),
  'break-glass': terminalAlone,
  'show-policy': terminalAlone,
  ask: () => palette('autodevops.ask', t('Auto-DevOps: Ask Jamie')),
  diagnose: ({ namespace }) =>
    namespace === undefined
      ? palette('autodevops.diagnose.cluster', t('Auto-DevOps: Diagnose Cluster'))
      : palette('autodevops.diagnose.namespace', t('Auto-DevOps: Diagnose Namespace')),
  'explain-code': () => palette('autodevops.explainFinding', t('Auto-DevOps: Explain Finding')),
  'capture-bundle': () => palette('autodevops.bundle.capture', t('Auto-DevOps: Capture Bundle')),
  'list-incidents': () => palette('autodevops.incident.show', t('Auto-DevOps: Show Incident')),
  'show-incident': ({ incident }) =>
    palette('autodevops.incident.show', t('Auto-DevOps: Show Incident'), { type: 'incident', id: incident }),
  'list-conversations': terminalAlone,
  'add-person': terminalAlone,
  'list-people': terminalAlone,
  'unlink-account': terminalAlone,
  'make-link-code': () => palette('autodevops.account.link', t('Auto-DevOps: Link an Account of Yours')),
  'make-token': terminalAlone,
  'list-tokens': terminalAlone,
  'make-first-token': terminalAlone,
  'show-agent': () => palette('autodevops.agent.showLogs', t('Auto-DevOps: Show Logs of the Agent')),
  'start-agent': () => palette('autodevops.agent.restart', t('Auto-DevOps: Restart Agent')),
  'stop-agent': terminalAlone,
  'check-store': terminalAlone,
  'restore-store': terminalAlone,
  'explain-configuration': terminalAlone,
  'make-local-cluster': () => palette('autodevops.local.start', t('Auto-DevOps: Start Local Cluster')),
  'start-local-cluster': () => palette('autodevops.local.start', t('Auto-DevOps: Start Local Cluster')),
  'reset-local-cluster': () => palette('autodevops.local.reset', t('Auto-DevOps: Reset Local Cluster')),
  'remove-local-cluster': () => palette('autodevops.local.remove', t('Auto-DevOps: Remove Local Cluster')),
  'snapshot-local-cluster': terminalAlone,
  'write-local-kubeconfig': terminalAlone,
  'choose-kubeconfig': () => setting('cluster.kubeconfig'),
  'choose-context': () => palette('autodevops.cluster.switch', t('Auto-DevOps: Switch Context')),
  'choose-user': terminalAlone,
  'choose-groups': terminalAlone,
  'choose-configuration': () => setting('local.config'),
  'choose-local-name': terminalAlone,
  'choose-output': terminalAlone,
  'choose-client-certificate': terminalAlone,
  'name-prometheus': terminalAlone,
  'name-alertmanager': terminalAlone,
};

/** The command of the palette that does a step; undefined where a setting or a terminal does. */
export function paletteStep(step: RemedyStep): PaletteStep | undefined {
  const way = ofStep(ways, step);
  return way !== undefined && 'command' in way ? way : undefined;
}

/** What the editor calls a step; of what it has nothing for, the command line. */
export function nameInEditor(step: RemedyStep): string {
  const way = ofStep(ways, step);
  if (way === undefined) return ofStep(namesInTerminal, step);
  return 'command' in way ? way.title : t('the setting autodevops.{0}', way.setting);
}

/** The commands of the palette that a sentence names, each once. */
export function paletteSteps(parts: Readonly<RemedyParts>): readonly PaletteStep[] {
  const found = stepsIn(parts).flatMap((step) => paletteStep(step) ?? []);
  return [...new Map(found.map((one) => [one.title, one])).values()];
}
