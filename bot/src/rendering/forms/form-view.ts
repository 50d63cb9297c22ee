import type {
  InputBlock,
  KnownBlock,
  ModalView,
  Option,
  PlainTextInput,
  RadioButtons,
  StaticSelect,
} from '@slack/types';
import type { ViewId } from '../action-ids.ts';
import { plainText } from '../text/plain-text.ts';
import { shown, shownLines } from '../text/shown.ts';

/** Field of a form: the id of its block (errors are told by it) and of its element are the same. */
export type FieldId =
  | 'title'
  | 'why'
  | 'severity'
  | 'says'
  | 'state'
  | 'task'
  | 'code'
  | 'channel'
  | 'question'
  | 'incident';

interface FieldLook {
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
}

function input(id: FieldId, { label, hint, optional = false }: FieldLook, element: InputBlock['element']): KnownBlock {
  return {
    type: 'input',
    block_id: id,
    label: plainText(label, 150),
    element: { ...element, action_id: id },
    ...(hint === undefined ? {} : { hint: plainText(hint, 300) }),
    optional,
  };
}

export function textField(
  id: FieldId,
  look: FieldLook & {
    readonly most: number;
    readonly lines?: boolean;
    readonly initial?: string;
    readonly placeholder?: string;
  },
): KnownBlock {
  const initial =
    look.lines === true ? shownLines(look.initial ?? '', look.most) : shown(look.initial ?? '', look.most);
  const element: PlainTextInput = {
    type: 'plain_text_input',
    multiline: look.lines ?? false,
    max_length: look.most,
    ...(look.optional === true ? {} : { min_length: 1 }),
    ...(initial === '' ? {} : { initial_value: initial }),
    ...(look.placeholder === undefined ? {} : { placeholder: plainText(look.placeholder, 150) }),
  };
  return input(id, look, element);
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
}

function option({ value, label, description }: Choice): Option & { text: ReturnType<typeof plainText> } {
  return {
    text: plainText(label, 75),
    value,
    ...(description === undefined ? {} : { description: plainText(description, 75) }),
  };
}

/** One of at most ten, all seen at once. */
export function choiceField(
  id: FieldId,
  look: FieldLook & { readonly choices: readonly Choice[]; readonly initial?: string },
): KnownBlock {
  const options = look.choices.slice(0, 10).map(option);
  const initial = options.find(({ value }) => value === look.initial);
  const element: RadioButtons = {
    type: 'radio_buttons',
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
  return input(id, look, element);
}

/** One of at most a hundred, from a menu. */
export function menuField(
  id: FieldId,
  look: FieldLook & { readonly choices: readonly Choice[]; readonly initial?: string },
): KnownBlock {
  const options = look.choices.slice(0, 100).map(option);
  const initial = options.find(({ value }) => value === look.initial);
  const element: StaticSelect = {
    type: 'static_select',
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
  return input(id, look, element);
}

/** What a form is about: ids that mean nothing by themselves. Slack gives it back, and it is checked again then. */
export type FormSubject = Readonly<Record<string, string>>;

export function formView(
  id: ViewId,
  title: string,
  submit: string,
  subject: FormSubject,
  blocks: readonly KnownBlock[],
): ModalView {
  return {
    type: 'modal',
    callback_id: id,
    title: plainText(title, 24),
    submit: plainText(submit, 24),
    close: plainText('Cancel', 24),
    private_metadata: JSON.stringify(subject),
    blocks: [...blocks],
  };
}
