import { firstContext } from '../contributions/context-keys.ts';
import type { ContextKey, ContextValue } from '../contributions/context-keys.ts';
import { lastUndoable, waitingLines } from '../changes/change-nodes.ts';
import { problemCount } from '../problems/problem-count.ts';
import type { WindowParts } from '../window-parts.ts';

export type ContextValues = { readonly [K in ContextKey]: ContextValue<K> };
export type Lacks = ContextValue<'autodevops.lacks'>;

type Watched = Pick<WindowParts, 'clusters' | 'agent' | 'problems' | 'changes' | 'local'>;

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
  const { chosen, locked } = parts.clusters.state.value;
  const changes = parts.changes.state.value;
  return {
    ...firstContext,
    'autodevops.agent': parts.agent.state.value.kind,
    'autodevops.cluster': chosen === undefined ? 'none' : chosen.local ? 'local' : 'remote',
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
