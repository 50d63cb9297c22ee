import type { CommandId } from '../../contributions/commands.ts';
import type { ObjectName, Subject } from '../../tree/subject.ts';

/** What a link of the page leads to. */
export type LinkTarget =
  | { readonly type: 'cause'; readonly code: string; readonly object: ObjectName }
  | { readonly type: 'object'; readonly object: ObjectName }
  | { readonly type: 'log'; readonly object: ObjectName }
  | { readonly type: 'file'; readonly path: string; readonly line: number }
  | { readonly type: 'command'; readonly command: CommandId; readonly subject?: Subject }
  | { readonly type: 'ask'; readonly question: string };
