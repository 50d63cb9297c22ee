import { setTimeout as sleep } from 'node:timers/promises';
import { messageKeys } from '../../bot/src/threads/message-keys.ts';
import type { LoggedCall } from '../../packages/testkit/src/slack/server/call-log.ts';
import type { SlackStandIn } from '../../packages/testkit/src/slack/slack-stand-in.ts';
import { until } from '../agent/agent-scene.ts';
import { patiently } from '../agent/started-agent.ts';
import type { CustomerAgent } from '../bot/customer-agent.ts';
import { noticeOf } from './broken-workload.ts';

/** Milliseconds from Alertmanager's post to the first message of the thread that names the cause, and what they went to. */
export interface FirstFinding {
  readonly all: number;
  /** Until the agent said that the alert is kept. */
  readonly keeping: number;
  /** From there until Jamie's answer was in the incident; below 0 where it was there before. */
  readonly diagnosing: number;
  /** From there until Slack has it. */
  readonly telling: number;
  /** Until what Jamie found stands in the thread, too, with evidence and next steps: a second message of the same channel. */
  readonly reply: number;
}

/** Milliseconds without a call after which nothing more is told. */
const silence = 1500;

function callsAbout({ calls }: SlackStandIn, incident: string): readonly LoggedCall[] {
  return calls.all.filter(
    ({ method, args, answer }) =>
      (method === 'chat.postMessage' || method === 'chat.update') &&
      answer['ok'] === true &&
      JSON.stringify(args).includes(incident),
  );
}

async function nothingMoreIsTold(slack: SlackStandIn, incident: string): Promise<void> {
  let [count, since] = [0, Date.now()];
  await until(
    'a thread comes to rest',
    () => {
      const now = callsAbout(slack, incident).length;
      if (now !== count) [count, since] = [now, Date.now()];
      return Date.now() - since > silence;
    },
    120,
  );
}

/** Posts what Alertmanager tells of one broken workload, waits for its thread, and resolves it again. */
export async function firstFinding(
  slack: SlackStandIn,
  { name, alert, client }: CustomerAgent,
  workload: number,
  round: string,
): Promise<FirstFinding> {
  const posted = Date.now();
  const incident = await alert(noticeOf(workload, round));
  const kept = Date.now();
  const reply = (): LoggedCall | undefined =>
    callsAbout(slack, incident).find(({ args }) => JSON.stringify(args).includes(messageKeys.findings(name, incident)));
  await until('the findings stand in the thread', () => reply() !== undefined, 120);
  await nothingMoreIsTold(slack, incident);
  const {
    causes: [cause],
    timeline,
  } = await client.incident({ params: { id: incident } }, patiently);
  const diagnosed = Date.parse(timeline.find(({ type }) => type === 'diagnosed')?.time ?? '');
  const first = callsAbout(slack, incident).find(
    ({ args }) => cause !== undefined && JSON.stringify(args).includes(cause.title),
  );
  if (cause === undefined || first === undefined || Number.isNaN(diagnosed)) {
    throw new Error(`the thread of ${incident} names no cause`);
  }
  if (!JSON.stringify(first.args).includes(`app-${workload}`)) {
    throw new Error(`the thread of ${incident} names another cause than that of app-${workload}`);
  }
  await alert(noticeOf(workload, round, 'resolved'));
  await sleep(silence);
  await nothingMoreIsTold(slack, incident);
  return {
    all: first.at - posted,
    keeping: kept - posted,
    diagnosing: diagnosed - kept,
    telling: first.at - diagnosed,
    reply: (reply()?.at ?? Number.NaN) - posted,
  };
}
