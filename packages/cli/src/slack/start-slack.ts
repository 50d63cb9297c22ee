import { printable } from '@autodevops/domain/printable';
import type { CommandRun } from '../command.ts';
import { structuredText } from '../render/structured.ts';
import { laptopSteps } from './laptop-steps.ts';
import type { LaptopWish } from './slack-door.ts';

type Started = Parameters<LaptopWish['started']>[0];

function standing(where: string, { agent, flaw }: Started): readonly string[] {
  if (flaw === undefined) {
    return [
      `The bot is in Slack, and speaks for ${printable(where)}${agent === 'running' ? ', by the agent that runs already' : ''}.`,
    ];
  }
  return [
    `The bot runs, and is not in Slack yet: ${printable(flaw)}. It goes on trying.`,
    'Look whether this machine reaches https://slack.com; a proxy has to let WebSockets through.',
  ];
}

function startedText(where: string, facts: Started): string {
  const { log, code } = facts;
  const linking =
    code === undefined
      ? ['In Slack: /autodevops link says how to show who you are.']
      : [
          'In Slack, within ten minutes, so that I know you (show it to nobody):',
          '',
          `   /autodevops link ${printable(code)}`,
        ];
  return [
    ...standing(where, facts),
    '',
    ...linking,
    '',
    'Then: /jamie diagnose',
    '',
    `Its log: ${printable(log)}`,
    'Ctrl-C ends it.',
    '',
  ].join('\n');
}

async function explain({ surroundings }: CommandRun<unknown>): Promise<number> {
  const manifest = await (
    await surroundings.slack()
  ).manifest({
    name: 'Auto-DevOps',
    url: undefined,
    app: undefined,
    unfurlDomains: [],
    isDistributed: false,
    readsEmail: false,
  });
  surroundings.stdout.write(laptopSteps(await structuredText(manifest, 'yaml')));
  return 0;
}

/** `npm start -- --slack`: the bot of this laptop by its two tokens, or how to get them. `context` undefined: the sample cluster. */
export async function startSlack(
  run: CommandRun<unknown>,
  current: () => Promise<{ readonly context: string } | { readonly why: string }>,
): Promise<number> {
  const { surroundings, signal } = run;
  const {
    SLACK_BOT_TOKEN: botToken = '',
    SLACK_APP_TOKEN: appToken = '',
    SLACK_INCIDENT_CHANNEL: incidentChannel = '',
  } = surroundings.environment;
  if (botToken === '' || appToken === '') return await explain(run);
  const found = await current();
  const context = 'context' in found ? found.context : undefined;
  if ('why' in found) {
    surroundings.stdout.write(`${printable(found.why)}\nTaking the embedded sample cluster instead.\n\n`);
  }
  await (
    await surroundings.slack()
  ).serveLaptop(
    {
      botToken,
      appToken,
      context,
      incidentChannel: incidentChannel === '' ? undefined : incidentChannel,
      started: (facts) => surroundings.stdout.write(startedText(context ?? 'the sample cluster', facts)),
    },
    signal,
  );
  return 0;
}
