import type { Fault } from '../../packages/testkit/src/slack/faults/fault-script.ts';
import type { SlackStandIn } from '../../packages/testkit/src/slack/slack-stand-in.ts';
import type { SeededRandom } from '../agent/seeded-random.ts';

/** When a bot is killed: before Slack got a call, or after Slack did it and before the answer, or just after the answer. */
export const callMoments = ['call-lost', 'answer-lost', 'answered'] as const;
export type CallMoment = (typeof callMoments)[number];

/** Kills at the n-th call from now on that writes something. The result lifts it. */
export function killAtCall(
  slack: SlackStandIn,
  moment: CallMoment,
  random: SeededRandom,
  kill: () => void,
): () => void {
  const { faults } = slack;
  const strike = faults.strike.bind(faults);
  let left = random.whole(4);
  const deadly = (method: string, app: string): Fault | undefined => {
    if (!/^(chat|views|files)\./.test(method) || left-- !== 0) return strike(method, app);
    if (moment === 'answered') setTimeout(kill, random.whole(30));
    else kill();
    return moment === 'call-lost'
      ? { kind: 'down' }
      : moment === 'answer-lost'
        ? { kind: 'lost-answer' }
        : strike(method, app);
  };
  Object.assign(faults, { strike: deadly });
  return () => void Object.assign(faults, { strike });
}
