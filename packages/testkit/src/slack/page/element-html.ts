import { tag, together } from './html.ts';
import type { Html } from './html.ts';
import type { Names } from './names.ts';
import { textHtml } from './text-html.ts';
import { has, part, parts, word } from './value.ts';
import type { Value } from './value.ts';

/** Where an element stands: what a click has to say of it. */
export interface Place {
  readonly block: string;
  readonly message?: string;
  readonly view?: string;
}

function marks(element: Value, { block, message, view }: Place): Record<string, string | undefined> {
  return {
    'data-action-id': word(element, 'action_id'),
    'data-type': word(element, 'type'),
    'data-block-id': block,
    'data-message-ts': message,
    'data-view-id': view,
    'data-value': has(element, 'value') ? word(element, 'value') : undefined,
  };
}

function buttonHtml(element: Value, place: Place, names: Names): Html {
  const style = word(element, 'style');
  const confirm = part(element, 'confirm');
  return tag(
    'button',
    {
      type: 'button',
      class: `button ${style}`.trim(),
      ...marks(element, place),
      title: has(element, 'confirm') ? word(part(confirm, 'text'), 'text') : undefined,
    },
    textHtml(part(element, 'text'), names),
  );
}

function optionHtml(option: Value, names: Names, chosen: string): Html {
  return tag(
    'option',
    { value: word(option, 'value'), selected: chosen !== '' && word(option, 'value') === chosen },
    textHtml(part(option, 'text'), names),
  );
}

function menuHtml(element: Value, place: Place, names: Names): Html {
  const chosen = word(part(element, 'initial_option'), 'value');
  const groups = parts(element, 'option_groups').map((group) =>
    tag(
      'optgroup',
      { label: word(part(group, 'label'), 'text') },
      ...parts(group, 'options').map((option) => optionHtml(option, names, chosen)),
    ),
  );
  const label = word(part(element, 'placeholder'), 'text') || 'Select an item';
  return tag(
    'select',
    marks(element, place),
    tag('option', { value: '' }, label),
    ...parts(element, 'options').map((option) => optionHtml(option, names, chosen)),
    ...groups,
  );
}

function choicesHtml(element: Value, place: Place, names: Names): Html {
  const kind = word(element, 'type') === 'checkboxes' ? 'checkbox' : 'radio';
  const chosen = [part(element, 'initial_option'), ...parts(element, 'initial_options')]
    .map((option) => word(option, 'value'))
    .filter((value) => value !== '');
  return tag(
    'fieldset',
    { class: 'choices', ...marks(element, place) },
    ...parts(element, 'options').map((option) =>
      tag(
        'label',
        {},
        tag('input', {
          type: kind,
          name: `${place.block}/${word(element, 'action_id')}`,
          value: word(option, 'value'),
          checked: chosen.includes(word(option, 'value')),
        }),
        textHtml(part(option, 'text'), names),
        has(option, 'description') ? tag('small', {}, ' ', textHtml(part(option, 'description'), names)) : undefined,
      ),
    ),
  );
}

const inputTypes: Readonly<Record<string, string>> = {
  plain_text_input: 'text',
  number_input: 'number',
  email_text_input: 'email',
  url_text_input: 'url',
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
  file_input: 'file',
};

function inputHtml(element: Value, place: Place): Html {
  const initial = word(element, 'initial_value') || word(element, 'initial_date') || word(element, 'initial_time');
  const placeholder = word(part(element, 'placeholder'), 'text') || undefined;
  const most = word(element, 'max_length') || undefined;
  if (element['multiline'] === true || word(element, 'type') === 'rich_text_input') {
    return tag('textarea', { ...marks(element, place), placeholder, maxlength: most, rows: 4 }, initial);
  }
  return tag('input', {
    type: inputTypes[word(element, 'type')] ?? 'text',
    ...marks(element, place),
    value: initial,
    placeholder,
    maxlength: most,
  });
}

function feedbackHtml(element: Value, place: Place, names: Names): Html {
  return together(
    ...['positive_button', 'negative_button'].map((name) =>
      tag(
        'button',
        {
          type: 'button',
          class: 'button small',
          ...marks(element, place),
          'data-value': word(part(element, name), 'value'),
        },
        textHtml(part(part(element, name), 'text'), names),
      ),
    ),
  );
}

/** An element of a block. Buttons, menus and fields are real ones: `data-action-id` names them. */
export function elementHtml(element: Value, place: Place, names: Names): Html {
  const type = word(element, 'type');
  if (type === 'image') {
    return tag('img', {
      class: 'small',
      alt: word(element, 'alt_text'),
      title: word(element, 'alt_text'),
      'data-src': word(element, 'image_url'),
    });
  }
  if (type === 'plain_text' || type === 'mrkdwn') return tag('span', {}, textHtml(element, names));
  if (type === 'button' || type === 'workflow_button' || type === 'icon_button') {
    return buttonHtml(element, place, names);
  }
  if (type === 'feedback_buttons') return feedbackHtml(element, place, names);
  if (type === 'checkboxes' || type === 'radio_buttons') return choicesHtml(element, place, names);
  if (type.endsWith('_select') || type === 'overflow') return menuHtml(element, place, names);
  return inputHtml(element, place);
}
