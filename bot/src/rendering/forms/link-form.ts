import type { ModalView } from '@slack/types';
import { viewIds } from '../action-ids.ts';
import { code, line, richText, words } from '../text/rich-text.ts';
import { formView, textField } from './form-view.ts';
import type { FormSubject } from './form-view.ts';

/** Field `code`: good once, from the terminal of somebody whom the agent knows already. */
export function linkForm(subject: FormSubject = {}): ModalView {
  return formView(viewIds.link, 'Link your account', 'Link', subject, [
    ...richText(
      line(
        words('Run '),
        code('autodevops people link'),
        words(' in your terminal, or ask an administrator for a code. It is good once and for a few minutes.'),
      ),
    ),
    textField('code', { label: 'Code', most: 100 }),
  ]);
}
