import type { Handler } from '../handling/handler.ts';
import { linkShared } from './link-shared.ts';

/** `basesOf`: addresses under which a customer's incidents and changes are found; links to anywhere else are left alone. */
export function unfurlingHandlers(basesOf: (customer: string) => readonly string[]): readonly Handler[] {
  return [linkShared(basesOf)];
}
