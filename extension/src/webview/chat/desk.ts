import type { PageWords } from '../../sidebar/protocol/page-words.ts';
import type { ToHost } from '../../sidebar/protocol/to-host.ts';

/** What everything on the page works with. */
export interface Desk {
  readonly words: PageWords;
  readonly send: (message: ToHost) => void;
}
