import { counted, listed } from '@autodevops/domain/count-words';
import type { Cause, Diagnosis, Verdict } from '@autodevops/domain/diagnosis';
import { actionIds } from '../action-ids.ts';
import { button, buttons } from '../blocks/buttons.ts';
import { header, smallPrint } from '../blocks/plain-blocks.ts';
import { always, message } from '../budget/message.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { line, richText, words } from '../text/rich-text.ts';
import { blindSpotParts } from './blind-spots.ts';
import { causeParts, wholeCauseParts } from './cause-parts.ts';
import type { CauseButtons } from './cause-parts.ts';

const verdicts: Readonly<Record<Verdict, string>> = {
  healthy: '✅ Healthy',
  problem: '🔴 Problem',
  inconclusive: '❔ Inconclusive',
};

export interface DiagnosisView extends CauseButtons {
  /** Carried by the button that shows the answer to the whole channel; without, there is none. */
  readonly share?: string;
}

function lookedAt({ cluster, namespaces, objects, logs, milliseconds }: Diagnosis['observed']): string {
  const where =
    namespaces.length === 0
      ? 'every namespace'
      : `${namespaces.length === 1 ? 'namespace' : 'namespaces'} ${listed(namespaces, 5)}`;
  const seen = Object.values(objects).reduce((sum, count) => sum + count, 0);
  return `Cluster ${cluster}, ${where}: ${counted(seen, 'object')} and ${counted(logs, 'log')} in ${(milliseconds / 1000).toFixed(1)} s.`;
}

function below({ information, suppressed }: Diagnosis): string {
  const parts = [
    ...(information.length === 0 ? [] : [`${counted(information.length, 'thing')} below the line`]),
    ...(suppressed.length === 0 ? [] : [`${counted(suppressed.length, 'cause')} suppressed`]),
  ];
  return parts.length === 0 ? '' : `${listed(parts, 2)}.`;
}

/** Jamie's answer: the verdict, the ranked causes with what shows them, and what could not be seen. */
export function diagnosisMessage(diagnosis: Diagnosis, view: DiagnosisView = {}): SlackMessage {
  const { verdict, summary, causes, blindSpots, observed } = diagnosis;
  return message(
    `${verdicts[verdict]}: ${mrkdwn(summary, 300)}`,
    [
      always([header(verdicts[verdict]), ...richText(line(words(summary, 600)))]),
      ...causes.flatMap((cause, index) => causeParts(cause, view, index === 0 ? 2 : 1)),
      ...blindSpotParts(blindSpots),
      always([
        ...smallPrint(lookedAt(observed), below(diagnosis)),
        ...buttons(button(actionIds.share, 'Share with the channel', view.share)),
      ]),
    ],
    'The whole answer is in the editor and by autodevops diagnose.',
  );
}

/** One cause with all that shows it. */
export function causeMessage(cause: Cause, view: CauseButtons = {}): SlackMessage {
  return message(
    mrkdwn(`${cause.title}: ${cause.cause}`, 300),
    wholeCauseParts(cause, view),
    'autodevops diagnose -v shows the rest.',
  );
}
