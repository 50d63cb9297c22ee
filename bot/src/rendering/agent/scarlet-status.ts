import type { AgentClient } from '@autodevops/agentd/client';
import { counted } from '@autodevops/domain/count-words';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { actionIds } from '../action-ids.ts';
import { button, buttons } from '../blocks/buttons.ts';
import { always, ifRoom, message } from '../budget/message.ts';
import { changeLineBlocks } from '../change/change-line.ts';
import type { ChangeLine } from '../change/change-line.ts';
import { bold, code, line, richText, words } from '../text/rich-text.ts';
import { killSwitchLine } from './kill-switch.ts';
import type { KillSwitch } from './kill-switch.ts';

export interface ScarletStanding {
  readonly cluster: Awaited<ReturnType<AgentClient['cluster']>>;
  readonly killSwitch: KillSwitch;
  /** That are not over, newest first. */
  readonly changes: readonly ChangeLine[];
}

/** What Scarlet may do by herself, what waits for people, and what is on its way. */
export function scarletStatus({ cluster: { name, autonomy }, killSwitch, changes }: ScarletStanding): SlackMessage {
  const open = changes.length === 0 ? 'No change is open.' : `${counted(changes.length, 'open change')}`;
  return message(
    open,
    [
      always(
        richText(
          line(bold('Cluster '), code(name), words(' · autonomy: '), words(autonomy ?? 'only the rules of the policy')),
          killSwitchLine(killSwitch),
          line(bold(open)),
        ),
      ),
      ...changes.map((change) =>
        ifRoom('change', [...changeLineBlocks(change), ...buttons(button(actionIds.showChange, 'Show', change.id))]),
      ),
    ],
    'autodevops change list has them.',
  );
}
