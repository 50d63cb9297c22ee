import type { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine, printable } from '@autodevops/domain/printable';
import type { CommandId } from '../contributions/commands.ts';
import type { Icon } from '../contributions/icons.ts';
import { isOfAgent } from '../agent/acts-against.ts';
import { waitingLines } from '../changes/change-nodes.ts';
import { failureText } from '../language/failure-text.ts';
import { remedyInEditor } from '../language/remedy-in-editor.ts';
import { t } from '../language/translate.ts';
import { blindSpotText } from '../problems/blind-spot-text.ts';
import { problemCount } from '../problems/problem-count.ts';
import type { WindowParts } from '../window-parts.ts';

/** The one item of the status bar. */
export interface StatusLine {
  readonly icon: Icon;
  readonly text: string;
  readonly tooltip: readonly string[];
  /** For screen readers. */
  readonly spoken: string;
  readonly severity: 'plain' | 'warning' | 'error';
  readonly command: CommandId;
}

/** Of what is not seen, so much is told beside the line. */
const mostSpots = 3;

type Watched = Pick<WindowParts, 'clusters' | 'folderConfigs' | 'folder' | 'agent' | 'problems' | 'changes'>;

interface Health {
  readonly icon: Icon;
  readonly says: string;
  readonly severity: StatusLine['severity'];
}

function problemsText(count: number): string {
  if (count === 0) return t('no problem seen');
  return count === 1 ? t('1 problem') : t('{0} problems', count);
}

/** Who reads that the agent failed looks at the agent, where it may be the cluster that is away. */
function failureSays(error: AutoDevOpsError): string {
  if (isOfAgent(error)) return t('agent failed');
  return error.code === 'config.invalid' ? t('configuration not valid') : t('cluster not reached');
}

function healthOf({ agent, problems, changes }: Watched): Health {
  const agentState = agent.state.value;
  const known = changes.state.value;
  if (known.kind === 'known' && known.killSwitch.on) {
    return { icon: 'stop-circle', says: t('kill switch on'), severity: 'error' };
  }
  if (agentState.kind === 'failed') return { icon: 'error', says: failureSays(agentState.error), severity: 'error' };
  if (agentState.kind === 'restarting') {
    return { icon: 'sync~spin', says: t('agent is started again'), severity: 'warning' };
  }
  if (agentState.kind === 'starting') return { icon: 'loading~spin', says: t('agent starts'), severity: 'plain' };
  const state = problems.state.value;
  if (state.kind === 'stale' || state.kind === 'failed') {
    return { icon: 'warning', says: t('not current'), severity: 'warning' };
  }
  if (state.kind !== 'live') return { icon: 'server-environment', says: '', severity: 'plain' };
  const count = problemCount(state);
  if (state.diagnosis.blindSpots.length > 0) {
    return { icon: 'warning', says: t('{0}, not all seen', problemsText(count)), severity: 'warning' };
  }
  return count === 0
    ? { icon: 'pass', says: problemsText(count), severity: 'plain' }
    : { icon: 'warning', says: problemsText(count), severity: 'plain' };
}

/** Why not all is seen, and what to do about it. */
function unseenLines({ problems }: Watched): readonly string[] {
  const state = problems.state.value;
  return 'diagnosis' in state
    ? state.diagnosis.blindSpots.slice(0, mostSpots).map((spot) => t('Not seen: {0}', blindSpotText(spot)))
    : [];
}

/** Where contexts cannot be read, or none is chosen, there is no cluster to name, and somebody may wonder where it is. */
function withoutCluster(problem: AutoDevOpsError): StatusLine {
  const { code, message } = problem;
  const isUnchosen = code === 'kubeconfig.no-context';
  const text = isUnchosen ? t('no cluster is chosen') : t('no kubeconfig can be read');
  return {
    icon: isUnchosen ? 'server-environment' : 'error',
    text,
    severity: isUnchosen ? 'plain' : 'warning',
    tooltip: [printable(message), printable(remedyInEditor(problem))],
    spoken: t('Auto-DevOps: {0}, {1}', text, printable(message)),
    command: isUnchosen ? 'autodevops.cluster.switch' : 'autodevops.doctor',
  };
}

/** What helps most, of what the line tells. */
function commandOf({ folderConfigs }: Watched, waiting: number): CommandId {
  if (folderConfigs.state.value?.problem !== undefined) return 'autodevops.local.openConfig';
  return waiting > 0 ? 'autodevops.approve' : 'autodevops.cluster.switch';
}

/** Cluster, health, autonomy and what waits, in as few words as they need; undefined where there is no cluster to speak of. */
export function statusLine(parts: Watched): StatusLine | undefined {
  const { chosen, locked, problem } = parts.clusters.state.value;
  if (problem !== undefined && parts.folder.trusted()) return withoutCluster(problem);
  if (chosen === undefined) return undefined;
  const { icon, says, severity } = healthOf(parts);
  const unread = parts.folderConfigs.state.value?.problem;
  const changes = parts.changes.state.value;
  const waiting = waitingLines(changes).length;
  const level = changes.kind === 'known' && changes.autonomy !== undefined ? changes.autonomy : '';
  const told = [
    says,
    ...(unread === undefined ? [] : [t('configuration not valid')]),
    ...(waiting === 0 ? [] : [waiting === 1 ? t('1 waits for a yes') : t('{0} wait for a yes', waiting)]),
  ].filter((one) => one !== '');
  // An agent that was started anew fails for the same reason.
  const notes = [...new Set(told)];
  const text = [oneLine(chosen.name, 40), ...notes].join(' · ');
  const allowed = level === '' ? t('changes allowed') : t('autonomy {0}', level);
  const standing = !parts.folder.trusted()
    ? t('the folder is not trusted: nothing is run')
    : locked || unread !== undefined
      ? t('read-only')
      : allowed;
  return {
    icon: locked && severity === 'plain' && says === '' ? 'lock' : icon,
    text,
    severity: unread !== undefined && severity === 'plain' ? 'warning' : severity,
    tooltip: [
      t('Cluster {0}', printable(chosen.name)),
      printable(chosen.server),
      standing,
      ...notes,
      ...(unread === undefined ? [] : [failureText(unread)]),
      ...unseenLines(parts),
    ],
    spoken: t('Auto-DevOps: {0}, {1}', text, standing),
    command: commandOf(parts, waiting),
  };
}
