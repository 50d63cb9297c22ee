import { randomBytes } from 'node:crypto';
import type { Block } from './messages.ts';

/** Blocks as Slack keeps them: what has no id gets one. */
export function withBlockIds(blocks: readonly Block[]): readonly Block[] {
  return blocks.map((block) => {
    const elements =
      Array.isArray(block['elements']) && block.type !== 'rich_text'
        ? { elements: block['elements'].map(withActionId) }
        : {};
    const accessory = block['accessory'] === undefined ? {} : { accessory: withActionId(block['accessory']) };
    const element = block['element'] === undefined ? {} : { element: withActionId(block['element']) };
    return {
      ...block,
      block_id: block.block_id ?? randomBytes(4).toString('base64url').slice(0, 5),
      ...elements,
      ...accessory,
      ...element,
    };
  });
}

const interactive =
  /^(button|overflow|datepicker|timepicker|datetimepicker|checkboxes|radio_buttons|plain_text_input|rich_text_input|email_text_input|url_text_input|number_input|file_input|workflow_button|feedback_buttons|icon_button|(multi_)?(static|external|users|conversations|channels)_select)$/;

function withActionId(element: unknown): unknown {
  const one = element as { readonly type?: unknown; readonly action_id?: unknown } | null;
  if (typeof one !== 'object' || one === null || typeof one.type !== 'string' || !interactive.test(one.type)) {
    return element;
  }
  return { ...one, action_id: one.action_id ?? randomBytes(4).toString('base64url').slice(0, 5) };
}
