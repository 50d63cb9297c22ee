import { createHash } from 'node:crypto';
import type { Cause } from '@autodevops/domain/diagnosis';
import type { CauseButtons } from './cause-parts.ts';

/** Names a cause to whoever sees it again, and says nothing of it: buttons carry this. */
export function seenCauseValue({ code, object: { kind, namespace, name } }: Pick<Cause, 'code' | 'object'>): string {
  return `cau-${createHash('sha256')
    .update(JSON.stringify([code, kind, namespace, name]))
    .digest('hex')
    .slice(0, 32)}`;
}

/** Whether something of the catalogue would help as it is, without what only a person knows. */
function isFixable({ changes }: Cause): boolean {
  return changes.some(({ action, asks = [] }) => action !== 'manual' && asks.length === 0);
}

/** What one can do about a cause of an answer: propose what would help, see all that shows it. */
export const seenCauseButtons: CauseButtons = {
  fix: (cause) => (isFixable(cause) ? seenCauseValue(cause) : undefined),
  evidence: (cause) => (cause.evidence.length > 1 ? seenCauseValue(cause) : undefined),
};
