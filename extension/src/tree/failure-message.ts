import type { ListState } from '../agent/list-feed.ts';
import { failureText } from '../language/failure-text.ts';
import type { Failure } from '../language/failure-text.ts';
import { t } from '../language/translate.ts';

/** Over a tree whose rows are of an earlier moment. */
export function staleMessage(error: Failure): string {
  return t('Not current: {0}', failureText(error));
}

/** Over a tree of what the agent lists; nothing where the list is whole and current, or was not asked for. */
export function listMessage(state: ListState<unknown>): string | undefined {
  if (state.kind === 'failed') return failureText(state.error);
  return state.kind === 'known' && state.stale !== undefined ? staleMessage(state.stale) : undefined;
}
