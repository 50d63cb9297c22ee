import { list, needed, object, optional, text, typed, word } from '../rule.ts';
import type { Field } from '../rule.ts';
import { most } from '../limits.ts';
import { confirm } from '../composition/choice-objects.ts';
import { plainText } from '../composition/text-objects.ts';

export const actionId: Field = optional(text(most('actionId')));

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export const button = typed('button', {
  action_id: actionId,
  text: needed(plainText(most('buttonText'))),
  url: optional(text(most('buttonUrl'))),
  value: optional(text(most('buttonValue'))),
  style: optional(word('primary', 'danger')),
  confirm: optional(confirm),
  accessibility_label: optional(text(most('buttonLabel'))),
});

const parameter = object({ name: needed(text()), value: needed(text()) });

/** https://docs.slack.dev/reference/block-kit/block-elements/workflow-button-element */
export const workflowButton = typed('workflow_button', {
  action_id: actionId,
  text: needed(plainText(most('buttonText'))),
  workflow: needed(
    object({
      trigger: needed(object({ url: needed(text()), customizable_input_parameters: optional(list(parameter)) })),
    }),
  ),
  style: optional(word('primary', 'danger')),
  confirm: optional(confirm),
  accessibility_label: optional(text(most('buttonLabel'))),
});

const feedback = object({
  text: needed(plainText(most('feedbackText'))),
  value: needed(text(most('feedbackValue'))),
  accessibility_label: optional(text(most('feedbackText'))),
});

/** https://docs.slack.dev/reference/block-kit/block-elements/feedback-buttons-element */
export const feedbackButtons = typed('feedback_buttons', {
  action_id: actionId,
  positive_button: needed(feedback),
  negative_button: needed(feedback),
});

/** https://docs.slack.dev/reference/block-kit/block-elements/icon-button-element */
export const iconButton = typed('icon_button', {
  action_id: actionId,
  icon: needed(word('trash')),
  text: needed(plainText()),
  value: optional(text(most('buttonValue'))),
  confirm: optional(confirm),
  accessibility_label: optional(text(most('buttonLabel'))),
  visible_to_user_ids: optional(list(text(), { max: most('iconButtonPeople') })),
});
