import type { ConversationsSelect, KnownBlock, ModalView } from '@slack/types';
import { viewIds } from '../action-ids.ts';
import { plainText } from '../text/plain-text.ts';
import { formView, textField } from './form-view.ts';

/** Where the answer is said, to the asker alone: the conversation that he is in. Slack gives an address for it with the form. */
function whereField(): KnownBlock {
  const element: ConversationsSelect = {
    type: 'conversations_select',
    action_id: 'channel',
    default_to_current_conversation: true,
    response_url_enabled: true,
  };
  return {
    type: 'input',
    block_id: 'channel',
    label: plainText('Answer in', 150),
    element,
    hint: plainText('Only you see it there, until you share it.', 300),
  };
}

/** Fields `question`, `channel`. */
export function askForm(): ModalView {
  return formView(viewIds.askJamie, 'Ask Jamie', 'Ask', {}, [
    textField('question', {
      label: 'What do you want to know?',
      most: 2000,
      lines: true,
      placeholder: 'why is web failing?',
    }),
    whereField(),
  ]);
}
