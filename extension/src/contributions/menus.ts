import type { CommandId } from './commands.ts';
import { all, inView, is, onItem, rootOfManifests, trusted, yamlEditor, yamlFile } from './when.ts';
import type { When } from './when.ts';

interface MenuItem {
  readonly command: CommandId;
  readonly when: When;
  readonly group: string;
}

const problems = inView('autodevops.problems');
const clusters = inView('autodevops.clusters');
const changes = inView('autodevops.changes');
const incidents = inView('autodevops.incidents');

/** Buttons above the views. */
const titles: readonly MenuItem[] = [
  { command: 'autodevops.diagnose.cluster', when: problems, group: 'navigation@1' },
  { command: 'autodevops.whatChanged', when: problems, group: 'navigation@2' },
  { command: 'autodevops.refresh', when: problems, group: 'navigation@3' },
  { command: 'autodevops.bundle.diagnose', when: problems, group: '2_bundle@1' },
  { command: 'autodevops.bundle.capture', when: problems, group: '2_bundle@2' },
  { command: 'autodevops.cluster.switch', when: clusters, group: 'navigation@1' },
  { command: 'autodevops.refresh', when: clusters, group: 'navigation@2' },
  { command: 'autodevops.doctor', when: clusters, group: '2_machine@1' },
  { command: 'autodevops.local.openConfig', when: clusters, group: '2_machine@2' },
  { command: 'autodevops.agent.restart', when: clusters, group: '3_agent@1' },
  { command: 'autodevops.agent.showLogs', when: clusters, group: '3_agent@2' },
  { command: 'autodevops.incident.open', when: incidents, group: 'navigation@1' },
  { command: 'autodevops.killSwitch', when: changes, group: 'navigation@1' },
  { command: 'autodevops.undoLastChange', when: changes, group: 'navigation@2' },
  { command: 'autodevops.audit.show', when: changes, group: '2_audit@1' },
  { command: 'autodevops.audit.verify', when: changes, group: '2_audit@2' },
  { command: 'autodevops.policy.edit', when: changes, group: '3_policy@1' },
  { command: 'autodevops.policy.test', when: changes, group: '3_policy@2' },
  { command: 'autodevops.autonomy.set', when: changes, group: '3_policy@3' },
];

/** Buttons and context menus of single items; `inline` ones stand beside the item. */
const items: readonly MenuItem[] = [
  { command: 'autodevops.proposeFix', when: all(problems, onItem('fixable')), group: 'inline@1' },
  { command: 'autodevops.showCause', when: all(problems, onItem('cause')), group: 'inline@2' },
  { command: 'autodevops.proposeFix', when: all(problems, onItem('fixable')), group: '1_fix@1' },
  { command: 'autodevops.showCause', when: all(problems, onItem('cause')), group: '2_look@1' },
  { command: 'autodevops.explainFinding', when: all(problems, onItem('cause')), group: '2_look@2' },
  { command: 'autodevops.diagnose.resource', when: all(problems, onItem('object')), group: '2_look@3' },
  { command: 'autodevops.showGraph', when: all(problems, onItem('object')), group: '2_look@4' },
  { command: 'autodevops.whatChanged', when: all(problems, onItem('object')), group: '2_look@5' },
  { command: 'autodevops.tailLogs', when: all(problems, onItem('pod')), group: '3_pod@1' },
  { command: 'autodevops.openTerminal', when: all(problems, onItem('pod')), group: '3_pod@2' },
  { command: 'autodevops.portForward', when: all(problems, onItem('pod')), group: '3_pod@3' },
  { command: 'autodevops.cluster.switch', when: all(clusters, onItem('otherContext')), group: 'inline@1' },
  { command: 'autodevops.cluster.unlock', when: all(clusters, onItem('lockedContext')), group: 'inline@2' },
  { command: 'autodevops.cluster.lock', when: all(clusters, onItem('openContext')), group: 'inline@2' },
  { command: 'autodevops.local.start', when: all(clusters, onItem('stoppedLocal')), group: 'inline@1' },
  { command: 'autodevops.local.stop', when: all(clusters, onItem('runningLocal')), group: 'inline@1' },
  { command: 'autodevops.local.loadImage', when: all(clusters, onItem('runningLocal')), group: 'inline@2' },
  { command: 'autodevops.local.status', when: all(clusters, onItem('localCluster')), group: '1_local@1' },
  { command: 'autodevops.local.reset', when: all(clusters, onItem('localCluster')), group: '2_local@1' },
  { command: 'autodevops.local.remove', when: all(clusters, onItem('localCluster')), group: '2_local@2' },
  { command: 'autodevops.incident.acknowledge', when: all(incidents, onItem('openIncident')), group: 'inline@1' },
  { command: 'autodevops.incident.take', when: all(incidents, onItem('ongoingIncident')), group: 'inline@2' },
  { command: 'autodevops.incident.show', when: all(incidents, onItem('incident')), group: '1_incident@1' },
  { command: 'autodevops.incident.update', when: all(incidents, onItem('incident')), group: '1_incident@2' },
  { command: 'autodevops.incident.silence', when: all(incidents, onItem('ongoingIncident')), group: '1_incident@3' },
  { command: 'autodevops.incident.resolve', when: all(incidents, onItem('ongoingIncident')), group: '1_incident@4' },
  { command: 'autodevops.incident.postMortem', when: all(incidents, onItem('incident')), group: '2_after@1' },
  { command: 'autodevops.approve', when: all(changes, onItem('waitingChange')), group: 'inline@1' },
  { command: 'autodevops.reject', when: all(changes, onItem('waitingChange')), group: 'inline@2' },
  { command: 'autodevops.applyChange', when: all(changes, onItem('approvedChange')), group: 'inline@1' },
  {
    command: 'autodevops.cancelChange',
    when: all(changes, onItem('waitingChange', 'approvedChange', 'runningChange')),
    group: '1_change@3',
  },
  { command: 'autodevops.undoChange', when: all(changes, onItem('undoableChange')), group: 'inline@3' },
  { command: 'autodevops.showChange', when: all(changes, onItem('change')), group: '1_change@1' },
  { command: 'autodevops.showDiff', when: all(changes, onItem('change')), group: '1_change@2' },
];

const editor: readonly MenuItem[] = [
  { command: 'autodevops.diagnose.file', when: all(trusted, yamlEditor), group: '1_autodevops@1' },
  { command: 'autodevops.manifest.diff', when: all(trusted, yamlEditor), group: '1_autodevops@2' },
  { command: 'autodevops.manifest.apply', when: all(trusted, yamlEditor), group: '1_autodevops@3' },
];
const explorer: readonly MenuItem[] = [
  { command: 'autodevops.diagnose.file', when: all(trusted, yamlFile), group: '7_autodevops@1' },
  { command: 'autodevops.manifest.render', when: all(trusted, rootOfManifests), group: '7_autodevops@2' },
];
const chat: readonly MenuItem[] = [
  {
    command: 'autodevops.killSwitch',
    when: all(inView('autodevops.chat'), is('autodevops.killSwitch', true)),
    group: 'navigation@9',
  },
];

export const menus = {
  'view/title': [...titles, ...chat],
  'view/item/context': items,
  'editor/context': editor,
  'explorer/context': explorer,
} as const satisfies Record<string, readonly MenuItem[]>;
