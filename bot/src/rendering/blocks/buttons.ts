import type { ActionsBlock, Button, Confirm, KnownBlock } from '@slack/types';
import type { ActionId } from '../action-ids.ts';
import { plainText } from '../text/plain-text.ts';

interface ButtonLook {
  readonly style?: 'primary' | 'danger';
  readonly confirm?: Confirm;
}

/** A button that carries an opaque value; without a value there is none. */
export function button(
  action: ActionId,
  label: string,
  value: string | undefined,
  { style, confirm }: ButtonLook = {},
): Button | undefined {
  if (value === undefined) return undefined;
  return {
    type: 'button',
    action_id: action,
    text: plainText(label, 75),
    value,
    ...(style === undefined ? {} : { style }),
    ...(confirm === undefined ? {} : { confirm }),
  };
}

/** What is asked once more before a click counts. */
export function confirmation(title: string, text: string, yes: string): Confirm {
  return {
    title: plainText(title, 100),
    text: plainText(text, 300),
    confirm: plainText(yes, 30),
    deny: plainText('Not now', 30),
  };
}

/** A row of buttons; none where there is no button. */
export function buttons(...row: readonly (ActionsBlock['elements'][number] | undefined)[]): readonly KnownBlock[] {
  const elements = row.filter((element) => element !== undefined);
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}
