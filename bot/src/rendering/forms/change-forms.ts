import type { ModalView } from '@slack/types';
import type { Change } from '@autodevops/domain/change/change';
import { viewIds } from '../action-ids.ts';
import { bold, line, list, richText, words } from '../text/rich-text.ts';
import { formView, textField } from './form-view.ts';
import type { FormSubject } from './form-view.ts';

function sentences({ plan }: Pick<Change, 'plan'>): ReturnType<typeof richText> {
  return richText(list(plan.actions.slice(0, 5).map((action) => line(bold(action.sentences.will, 300)))));
}

/** Field `why`. A no is final. */
export function rejectForm(change: Pick<Change, 'id' | 'plan'>, subject: FormSubject = {}): ModalView {
  return formView(viewIds.reject, 'Reject change', 'Reject', { ...subject, change: change.id }, [
    ...sentences(change),
    textField('why', {
      label: 'Why not?',
      most: 2000,
      lines: true,
      hint: 'A no is final; everybody who sees the change reads the reason.',
    }),
  ]);
}

/** Field `why`. */
export function killSwitchForm(isOn: boolean, subject: FormSubject = {}): ModalView {
  return formView(
    viewIds.killSwitch,
    'Kill switch',
    isOn ? 'Let it go on' : 'Stop everything',
    { ...subject, on: isOn ? 'off' : 'on' },
    [
      ...richText(
        line(
          words(
            isOn
              ? 'Execution is stopped. When it goes on, changes that were approved are carried out.'
              : 'All execution stops at once; nothing new begins until somebody lets it go on.',
          ),
        ),
      ),
      textField('why', { label: 'Why?', most: 2000, lines: true }),
    ],
  );
}
