import type { CommandId } from '../contributions/commands.ts';
import type { Icon } from '../contributions/icons.ts';
import type { ItemKind } from '../contributions/item-kinds.ts';
import type { Subject } from './subject.ts';

export type Tint = 'error' | 'warning' | 'information' | 'good' | 'quiet';

/** An item of a tree, as it is shown: plain text throughout. The same id is the same item after a change. */
export interface TreeNode {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Lines of plain text. */
  readonly tooltip?: readonly string[];
  readonly icon: Icon;
  readonly tint?: Tint;
  readonly kinds: readonly ItemKind[];
  /** What commands on it are about. */
  readonly subject?: Subject;
  /** What Enter or a click does. */
  readonly opens?: CommandId;
  /** For screen readers, where the label says too little. */
  readonly spoken?: string;
  readonly expanded?: boolean;
  readonly children?: () => readonly TreeNode[];
}
