import type { Decision } from '@autodevops/domain/change/decision';
import type { Plan } from '@autodevops/domain/change/plan';
import type { Cause } from '@autodevops/domain/diagnosis';
import { kindFromWord } from '@autodevops/domain/kubernetes/kinds';
import { refText } from '@autodevops/domain/object-ref';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { always, ifRoom, message } from '../budget/message.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { bold, code, line, preformatted, richText, words } from '../text/rich-text.ts';
import { diffText } from './diff-message.ts';
import { decisionParts, planParts } from './plan-parts.ts';

const mostOfDiff = 3000;

/** What proposes the same again and has it done; of a kind that commands do not know, what is worst is proposed. */
function commandFor({ object: { kind, namespace, name } }: Pick<Cause, 'object'>): string {
  const word = kind.toLowerCase();
  return `/scarlet propose ${kindFromWord(word) === undefined ? '' : `${word}/${name} ${namespace === '' ? '' : `-n ${namespace} `}`}--yes`;
}

/** What would be done about a cause, and what the policy says of it. Nothing was proposed yet. */
export function rehearsalMessage(
  cause: Pick<Cause, 'title' | 'object'>,
  { plan, decision }: { readonly plan: Plan; readonly decision: Decision },
): SlackMessage {
  const isForbidden = decision.tier === 'forbidden';
  const heading = isForbidden ? 'The policy forbids what would help.' : 'This would help; nothing was done yet.';
  return message(
    `${heading} ${mrkdwn(plan.actions.map(({ sentences }) => sentences.will).join(' '), 300)}`,
    [
      always(richText(line(bold(heading)), line(words(`${cause.title} · `), code(refText(cause.object))))),
      ...planParts(plan),
      ...(plan.diff.length === 0 ? [] : [ifRoom('diff', richText(preformatted(diffText(plan.diff), mostOfDiff)))]),
      ...decisionParts(decision),
      always(
        isForbidden
          ? []
          : richText(line(words('Nobody else has to agree: '), code(commandFor(cause)), words(' has it done.'))),
      ),
    ],
    'autodevops fix shows all of it.',
  );
}
