import type { Settings } from '../settings/settings.ts';
import type { Clock } from './clock.ts';
import type { Documents } from './documents.ts';
import type { Folder } from './folder.ts';
import type { Log } from './log.ts';
import type { People } from './people.ts';
import type { Terminals } from './terminals.ts';
import type { Kept, Secrets } from './kept.ts';

/** What the editor gives: its ports. Made in `vscode/`; tests make their own. */
export interface Editor {
  readonly people: People;
  readonly documents: Documents;
  readonly terminals: Terminals;
  readonly folder: Folder;
  readonly kept: Kept;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly clock: Clock;
  /** As they are configured now. */
  readonly settings: () => Settings;
  /** Where the extension keeps files of its own. */
  readonly ownFolder: string;
  readonly version: string;
}
