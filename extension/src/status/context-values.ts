import { firstContext } from '../contributions/context-keys.ts';
import type { ContextKey, ContextValue } from '../contributions/context-keys.ts';
import { isOfAgent } from '../agent/acts-against.ts';
import { lastUndoable, waitingLines } from '../changes/change-nodes.ts';
import { problemCount } from '../problems/problem-count.ts';
import type { WindowParts } from '../window-parts.ts';

export type ContextValues = { readonly [K in ContextKey]: ContextValue<K> };
export type Lacks = ContextValue<'autodevops.lacks'>;

type Watched = Pick<WindowParts, 'clusters' | 'agent' | 'problems' | 'changes' | 'local'>;

function agentValue({
  agent: {
    state: { value },
  },
}: Pick<Watched, 'agent'>): ContextValue<'autodevops.agent'> {
  return value.kind === 'failed' && !isOfAgent(value.error) ? 'hindered' : value.kind;
}

function localValue({
  local: {
    state: { value },
  },
}: Watched): ContextValue<'autodevops.local'> {
  if (value.kind !== 'known') return value.kind === 'working' ? 'working' : 'unknown';
  const { phase } = value.status;
  if (phase === 'running') return 'running';
  return phase === 'absent' || phase === 'foreign' ? 'absent' : 'stopped';
}

function problemsValue({
  problems: {
    state: { value },
  },
}: Watched): ContextValue<'autodevops.problems'> {
  if (!('diagnosis' in value)) return 'unknown';
  return problemCount(value) > 0 ? 'some' : 'none';
}

/** Every context key of the window, from what it knows. */
export function contextValues(parts: Watched, lacks: Lacks): ContextValues {
  const { contexts, chosen, locked, problem } = parts.clusters.state.value;
  const changes = parts.changes.state.value;
  return {
    ...firstContext,
    'autodevops.agent': agentValue(parts),
    'autodevops.cluster': chosen === undefined ? 'none' : chosen.local ? 'local' : 'remote',
    'autodevops.contexts': contexts.length > 0 ? 'some' : problem === undefined ? 'none' : 'unreadable',
    'autodevops.locked': locked,
    'autodevops.local': localValue(parts),
    'autodevops.lacks': lacks,
    'autodevops.problems': problemsValue(parts),
    'autodevops.waiting': waitingLines(changes).length > 0,
    ...(changes.kind === 'known'
      ? {
          'autodevops.killSwitch': changes.killSwitch.on,
          'autodevops.undoable': lastUndoable(changes.lines) !== undefined,
        }
      : {}),
  };
}
