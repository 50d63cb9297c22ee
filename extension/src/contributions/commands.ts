import type { Icon } from './icons.ts';
import { all, any, is, isNot, trusted, yamlFile } from './when.ts';
import type { When } from './when.ts';

export interface CommandEntry {
  readonly title: string;
  readonly icon?: Icon;
  /** Where it can work; elsewhere it is shown as not available. */
  readonly enabled: When;
  /** The keys after Ctrl+Alt+J; every command of the palette has its own. Absent: only items of trees have it. */
  readonly keys?: string;
  /** What it needs to be called on, so that the palette does not show it. */
  readonly onItemsOnly?: true;
}

const cluster = all(trusted, isNot('autodevops.cluster', 'none'));
const changing = all(cluster, is('autodevops.locked', false));
const machine = all(trusted, isNot('autodevops.local', 'working'));
const running = all(machine, isNot('autodevops.local', 'absent'), isNot('autodevops.local', 'stopped'));

/** Every command. A test holds each against what carries it out; an id that is not here does not compile anywhere. */
export const commands = {
  'autodevops.local.start': {
    title: 'Start Local Cluster',
    icon: 'debug-start',
    enabled: all(machine, isNot('autodevops.local', 'running')),
    keys: 'u',
  },
  'autodevops.local.stop': { title: 'Stop Local Cluster', icon: 'debug-stop', enabled: running, keys: 'shift+u' },
  'autodevops.local.reset': {
    title: 'Reset Local Cluster',
    icon: 'debug-restart',
    enabled: all(machine, isNot('autodevops.local', 'absent')),
    keys: 'shift+r',
  },
  'autodevops.local.remove': {
    title: 'Remove Local Cluster',
    icon: 'trash',
    enabled: all(machine, isNot('autodevops.local', 'absent')),
    keys: 'delete',
  },
  'autodevops.local.status': { title: 'Status of the Local Cluster', icon: 'info', enabled: trusted, keys: 's' },
  'autodevops.local.loadImage': {
    title: 'Load Image into the Local Cluster',
    icon: 'cloud-download',
    enabled: running,
    keys: 'i',
  },
  'autodevops.local.openConfig': { title: 'Open Local Config', icon: 'gear', enabled: trusted, keys: 'shift+c' },
  'autodevops.local.nameConfig': { title: 'Name Another Local Config', icon: 'gear', enabled: trusted, keys: ',' },
  'autodevops.cluster.switch': { title: 'Switch Context', icon: 'plug', enabled: trusted, keys: 'c' },
  'autodevops.cluster.unlock': {
    title: 'Allow Changes in This Session',
    icon: 'unlock',
    enabled: all(cluster, is('autodevops.locked', true)),
    keys: 'w',
  },
  'autodevops.cluster.lock': { title: 'Make the Cluster Read-Only', icon: 'lock', enabled: changing, keys: 'shift+w' },
  'autodevops.refresh': { title: 'Look Again', icon: 'refresh', enabled: trusted, keys: 'l' },
  'autodevops.ask': { title: 'Ask Jamie', icon: 'comment-discussion', enabled: cluster, keys: 'j' },
  'autodevops.diagnose.cluster': { title: 'Diagnose Cluster', icon: 'pulse', enabled: cluster, keys: 'd' },
  'autodevops.diagnose.namespace': { title: 'Diagnose Namespace', icon: 'pulse', enabled: cluster, keys: 'n' },
  'autodevops.diagnose.resource': { title: 'Diagnose Resource', icon: 'pulse', enabled: cluster, keys: 'r' },
  'autodevops.diagnose.file': { title: 'Diagnose File', icon: 'pulse', enabled: all(cluster, yamlFile), keys: 'f' },
  'autodevops.manifest.diff': {
    title: 'Diff Manifest with Live',
    icon: 'diff',
    enabled: all(cluster, yamlFile),
    keys: 'q',
  },
  'autodevops.manifest.apply': {
    title: 'Apply Manifest',
    icon: 'play',
    enabled: all(changing, yamlFile),
    keys: 'shift+enter',
  },
  'autodevops.manifest.render': {
    title: 'Render Chart or Kustomization',
    icon: 'eye',
    enabled: trusted,
    keys: 'shift+v',
  },
  'autodevops.whatChanged': { title: 'What Changed', icon: 'history', enabled: cluster, keys: 'h' },
  'autodevops.explainFinding': { title: 'Explain Finding', icon: 'book', enabled: trusted, keys: 'e' },
  'autodevops.showCause': { title: 'Show Evidence', icon: 'quote', enabled: cluster, onItemsOnly: true },
  'autodevops.showGraph': { title: 'Show Graph', icon: 'graph', enabled: cluster, keys: 'g' },
  'autodevops.tailLogs': { title: 'Tail Logs', icon: 'output', enabled: cluster, keys: 't' },
  'autodevops.openTerminal': { title: 'Open Terminal in Pod', icon: 'terminal', enabled: changing, keys: 'shift+t' },
  'autodevops.portForward': { title: 'Port Forward', icon: 'plug', enabled: changing, keys: 'shift+p' },
  'autodevops.proposeFix': { title: 'Propose Fix', icon: 'lightbulb', enabled: changing, keys: 'p' },
  'autodevops.applyChange': { title: 'Apply Change', icon: 'play', enabled: changing, keys: 'enter' },
  'autodevops.approve': { title: 'Approve Change', icon: 'check', enabled: changing, keys: 'a' },
  'autodevops.reject': { title: 'Reject Change', icon: 'close', enabled: cluster, keys: 'x' },
  'autodevops.cancelChange': { title: 'Cancel Change', icon: 'circle-slash', enabled: cluster, keys: 'shift+x' },
  'autodevops.undoLastChange': {
    title: 'Undo Last Change',
    icon: 'discard',
    enabled: all(changing, is('autodevops.undoable', true)),
    keys: 'z',
  },
  'autodevops.undoChange': { title: 'Undo Change', icon: 'discard', enabled: changing, onItemsOnly: true },
  'autodevops.showChange': { title: 'Show Change', icon: 'eye', enabled: cluster, keys: 'v' },
  'autodevops.showDiff': { title: 'Show Difference', icon: 'diff', enabled: cluster, keys: 'shift+d' },
  'autodevops.audit.show': { title: 'Show Audit', icon: 'list-tree', enabled: cluster, keys: 'o' },
  'autodevops.audit.verify': { title: 'Verify Audit', icon: 'verified', enabled: cluster, keys: 'shift+o' },
  'autodevops.policy.edit': { title: 'Edit Policy', icon: 'shield', enabled: trusted, keys: 'y' },
  'autodevops.policy.test': { title: 'Test Policy', icon: 'beaker', enabled: trusted, keys: 'shift+y' },
  'autodevops.autonomy.set': { title: 'Set Autonomy Level', icon: 'account', enabled: cluster, keys: 'm' },
  'autodevops.killSwitch': { title: 'Kill Switch', icon: 'stop-circle', enabled: cluster, keys: 'k' },
  'autodevops.incident.open': { title: 'Open Incident', icon: 'megaphone', enabled: cluster, keys: 'shift+n' },
  'autodevops.incident.show': { title: 'Show Incident', icon: 'eye', enabled: cluster, keys: 'shift+j' },
  'autodevops.incident.acknowledge': {
    title: 'Acknowledge Incident',
    icon: 'check',
    enabled: cluster,
    keys: 'shift+e',
  },
  'autodevops.incident.take': { title: 'Take Command of Incident', icon: 'account', enabled: cluster, keys: 'shift+g' },
  'autodevops.incident.update': {
    title: 'Update Incident',
    icon: 'comment-discussion',
    enabled: cluster,
    keys: 'shift+s',
  },
  'autodevops.incident.silence': { title: 'Silence Incident', icon: 'circle-slash', enabled: cluster, keys: 'shift+q' },
  'autodevops.incident.resolve': { title: 'Resolve Incident', icon: 'pass', enabled: cluster, keys: 'shift+f' },
  'autodevops.incident.postMortem': { title: 'Draft Post-Mortem', icon: 'note', enabled: cluster, keys: 'shift+m' },
  'autodevops.account.link': { title: 'Link an Account of Yours', icon: 'account', enabled: cluster, keys: 'shift+z' },
  'autodevops.bundle.capture': { title: 'Capture Bundle', icon: 'archive', enabled: cluster, keys: 'b' },
  'autodevops.bundle.diagnose': { title: 'Diagnose Bundle', icon: 'package', enabled: trusted, keys: 'shift+b' },
  'autodevops.doctor': { title: 'Run Doctor', icon: 'heart', enabled: trusted, keys: 'shift+h' },
  'autodevops.agent.showLogs': {
    title: 'Show Logs of the Agent',
    icon: 'output',
    enabled: any(cluster, trusted),
    keys: 'shift+l',
  },
  'autodevops.agent.restart': { title: 'Restart Agent', icon: 'debug-restart', enabled: cluster, keys: 'shift+a' },
  'autodevops.agent.token': { title: 'Set Token of the Agent', icon: 'account', enabled: cluster, keys: 'shift+k' },
  'autodevops.reportIssue': { title: 'Report Issue', icon: 'bug', enabled: any(trusted), keys: 'shift+i' },
} as const satisfies Record<`autodevops.${string}`, CommandEntry>;

export type CommandId = keyof typeof commands;
export const commandIds = Object.keys(commands) as readonly CommandId[];

export function commandEntry(id: CommandId): CommandEntry {
  return commands[id];
}
