import { listOf, recordOf } from '../server/arguments.ts';
import { PersonCannot } from './cannot.ts';

type Element = Readonly<Record<string, unknown>>;
/** What a person puts into a field or chooses in a menu: a text, an option's value or label, several of them. */
export type Given = string | readonly string[] | boolean;

function optionsOf(element: Element): readonly Element[] {
  return [
    ...listOf(element['options']),
    ...listOf(element['option_groups']).flatMap((group) => listOf(group['options'])),
  ];
}

function optionNamed(element: Element, name: string, offered: readonly Element[]): Element {
  const option = [...optionsOf(element), ...offered].find(
    (one) => one['value'] === name || recordOf(one['text'])['text'] === name,
  );
  if (option === undefined) {
    throw new PersonCannot(`"${name}" is not among the options of ${String(element['action_id'])}`);
  }
  return option;
}

/** Field of the state that a single choice of a kind stands in. */
const pickers: Readonly<Record<string, string>> = {
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
};

/**
 * The state of an element after a person used it, as `view.state.values` and `actions` have it. `offered`: options that
 * the app sent for a menu that asks for them.
 */
export function chosenValue(element: Element, given: Given, offered: readonly Element[] = []): Record<string, unknown> {
  const type = String(element['type']);
  const many = typeof given === 'string' ? [given] : Array.isArray(given) ? (given as readonly string[]) : [];
  const one = many[0] ?? '';
  const picker = pickers[type];
  if (picker !== undefined) return { type, [picker]: type.startsWith('multi_') ? many : one };
  if (type === 'datetimepicker') return { type, selected_date_time: Number(one) };
  if (/^(static|external)_select$|^radio_buttons$|^overflow$/.test(type)) {
    return { type, selected_option: optionNamed(element, one, offered) };
  }
  if (/^multi_(static|external)_select$|^checkboxes$/.test(type)) {
    return { type, selected_options: many.map((name) => optionNamed(element, name, offered)) };
  }
  return { type, value: checkedText(element, one) };
}

function checkedText(element: Element, text: string): string {
  const length = [...text].length;
  const name = String(element['action_id']);
  const { min_length: least, max_length: most } = element;
  if (typeof least === 'number' && length < least) throw new PersonCannot(`${name} needs at least ${least} characters`);
  if (length > (typeof most === 'number' ? most : 3000)) throw new PersonCannot(`${name} is too long`);
  if (element['type'] === 'number_input' && !/^-?\d+(\.\d+)?$/.test(text)) {
    throw new PersonCannot(`${name} takes a number`);
  }
  if (element['type'] === 'url_text_input' && !URL.canParse(text)) throw new PersonCannot(`${name} takes an address`);
  if (element['type'] === 'email_text_input' && !/^[^@\s]+@[^@\s]+$/.test(text)) {
    throw new PersonCannot(`${name} takes an e-mail address`);
  }
  return text;
}

/** The state of an element that was not touched. */
export function initialValue(element: Element): Record<string, unknown> | undefined {
  const type = String(element['type']);
  const names = [
    'initial_value',
    'initial_option',
    'initial_options',
    'initial_user',
    'initial_users',
    'initial_conversation',
    'initial_conversations',
    'initial_channel',
    'initial_channels',
    'initial_date',
    'initial_time',
    'initial_date_time',
  ];
  const found = names.find((name) => element[name] !== undefined);
  if (found !== undefined) {
    return { type, [found === 'initial_value' ? 'value' : found.replace('initial', 'selected')]: element[found] };
  }
  if (type === 'button' || type === 'overflow') return undefined;
  if (pickers[type] !== undefined) return { type, [pickers[type]]: type.startsWith('multi_') ? [] : null };
  if (type === 'checkboxes' || type.startsWith('multi_')) return { type, selected_options: [] };
  return type.endsWith('_select') || type === 'radio_buttons' ? { type, selected_option: null } : { type, value: null };
}
