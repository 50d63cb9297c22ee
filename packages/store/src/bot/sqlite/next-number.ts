import { number } from '../../sqlite/statements.ts';
import type { Statements } from '../../sqlite/statements.ts';

/** Higher than every one before, within the caller's transaction. */
export function nextNumber(db: Statements): number {
  return number(db.get('UPDATE counter SET value = value + 1 RETURNING value'), 'value');
}
