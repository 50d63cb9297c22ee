import type { AutoDevOpsError } from '@autodevops/domain/errors';
import { printable } from '@autodevops/domain/printable';
import type { ListState } from '../agent/list-feed.ts';
import { t } from '../language/translate.ts';

/** Over a tree, where it is broken into lines, as a row of it is not: why there is nothing to show, and what to do. */
export function failureMessage({ message, remedy }: Pick<AutoDevOpsError, 'message' | 'remedy'>): string {
  return printable(`${message} ${remedy}`.trim());
}

/** Over a tree whose rows are of an earlier moment. */
export function staleMessage(error: Pick<AutoDevOpsError, 'message' | 'remedy'>): string {
  return t('Not current: {0}', failureMessage(error));
}

/** Over a tree of what the agent lists; nothing where the list is whole and current, or was not asked for. */
export function listMessage(state: ListState<unknown>): string | undefined {
  if (state.kind === 'failed') return failureMessage(state.error);
  return state.kind === 'known' && state.stale !== undefined ? staleMessage(state.stale) : undefined;
}
