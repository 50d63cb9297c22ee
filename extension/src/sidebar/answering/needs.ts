import type { AgentClient } from '@autodevops/agentd/client';
import type { WindowParts } from '../../window-parts.ts';
import type { AboutParts } from '../asking/about.ts';
import type { CardDesk } from '../cards/card-desk.ts';
import type { LinkBook } from '../links/link-book.ts';
import type { CausePages } from './cause-pages.ts';

/** What an answer is made with. */
export interface AnswerNeeds {
  readonly window: Pick<WindowParts, 'client' | 'problems' | 'program' | 'settings' | 'clusters' | 'people'>;
  readonly about: AboutParts;
  readonly links: LinkBook;
  readonly pages: CausePages;
  readonly cards: CardDesk;
  /** The turn that is answered. */
  readonly turn: number;
  /** The conversation that remembers it; begun where there is none yet. */
  readonly conversation: (client: AgentClient, signal: AbortSignal) => Promise<string>;
}
