import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Surroundings } from '../../handling/handler.ts';
import { doctorMessage } from '../../rendering/agent/doctor-message.ts';
import type { Check } from '../../rendering/agent/doctor-message.ts';
import { remedyInSlack } from '../../rendering/text/names-in-slack.ts';
import { SlackFailure } from '../../slack/slack-failure.ts';
import { privately, subCommand } from '../sub-command.ts';
import { nothingAfter } from '../words/operands.ts';
import { linkedPerson } from './linked-person.ts';

function failed(name: string, error: unknown): Check {
  if (error instanceof AutoDevOpsError) {
    return { name, isWell: false, says: error.message, remedy: remedyInSlack(error) };
  }
  if (error instanceof SlackFailure) {
    return {
      name,
      isWell: false,
      says: `Slack says ${error.code}.`,
      remedy: 'Invite the app to the channel, or install it anew where a permission is missing.',
    };
  }
  throw error;
}

async function checked(name: string, check: () => Promise<readonly Check[]>): Promise<readonly Check[]> {
  return await check().catch((error: unknown) => [failed(name, error)]);
}

async function account(surroundings: Surroundings): Promise<readonly Check[]> {
  const person = await linkedPerson(surroundings);
  if (person === undefined) {
    return [
      { name: 'your account', isWell: false, says: 'It is linked to nobody.', remedy: '/autodevops link says how.' },
    ];
  }
  return [
    { name: 'your account', isWell: true, says: `You are ${person.name} (${person.roles.join(', ')}).`, remedy: '' },
  ];
}

/** It tells nothing to somebody whom it does not know, which his account says already. */
async function agentParts(surroundings: Surroundings): Promise<readonly Check[]> {
  const { agent, signal } = surroundings;
  if ((await linkedPerson(surroundings)) === undefined) return [];
  const [{ version, ready, parts }, { name, mode }] = await Promise.all([
    agent.health({}, { signal }),
    agent.cluster({}, { signal }),
  ]);
  return [
    {
      name: 'agent',
      isWell: ready,
      says: `Version ${version}, cluster ${name} (${mode})${ready ? '' : ', not ready yet'}.`,
      remedy: ready ? '' : 'Wait a moment; its log says more.',
    },
    ...parts
      .filter(({ well }) => !well)
      .map(({ name: part, says }) => ({ name: part, isWell: false, says, remedy: "The agent's log says more." })),
  ];
}

/** Nothing is to be set up for a conversation with the bot alone. */
async function channel(id: string, { slack, store, event, signal }: Surroundings): Promise<readonly Check[]> {
  if (id.startsWith('D')) return [];
  const [{ isMember, isDirectMessage, isShared }, kept] = await Promise.all([
    slack.channel(id, signal),
    store.channels.find(event.app, event.team, id),
  ]);
  const membership =
    isDirectMessage || isMember
      ? { isWell: true, says: 'I am here.', remedy: '' }
      : {
          isWell: false,
          says: 'I am not a member here: I answer commands, but cannot write by myself.',
          remedy: "Invite me: /invite and the app's name.",
        };
  return [
    { name: 'this channel', ...membership },
    ...(isShared
      ? [
          {
            name: 'this channel',
            isWell: false,
            says: 'Another company reads here.',
            remedy: 'Use a channel of your own for incidents.',
          },
        ]
      : []),
    ...(kept === undefined
      ? []
      : [
          {
            name: 'this channel',
            isWell: !kept.isSuspended,
            says: kept.isSuspended
              ? `Nothing is said here: ${kept.why}`
              : kept.use === 'incidents'
                ? 'Incidents are told here.'
                : 'I can be asked here.',
            remedy: kept.isSuspended ? 'An administrator can allow it.' : '',
          },
        ]),
  ];
}

export const doctor = subCommand({
  name: 'doctor',
  operands: '',
  says: 'Says what works here and what does not: your account, this channel, the agent and its parts.',
  examples: ['doctor'],
  need: 'link',
  options: {},
  run: async ({ operands, slash }, surroundings) => {
    nothingAfter(operands, 0);
    const checks = await Promise.all([
      checked('your account', async () => await account(surroundings)),
      checked('this channel', async () => await channel(slash.channel_id, surroundings)),
      checked('agent', async () => await agentParts(surroundings)),
    ]);
    return privately(doctorMessage(surroundings.customer, checks.flat()));
  },
});
