import { addBotMessage } from '../methods/posting.ts';
import { readContent } from '../methods/message-content.ts';
import { recordOf } from '../server/arguments.ts';
import { SlackError } from '../server/slack-error.ts';
import type { Installation } from '../state/apps.ts';
import type { Channel } from '../state/channels.ts';
import { enterChannel, ownInstallation } from './acting.ts';
import type { Acting } from './acting.ts';
import { commandTrouble, nothingToSee, trouble } from './reaction.ts';
import type { Reaction } from './reaction.ts';

/** `/command text` typed into a channel. Slash commands cannot be typed into threads. */
export async function typeCommand(acting: Acting, command: string, text: string, channelId: string): Promise<Reaction> {
  const channel = enterChannel(acting, channelId);
  const installation = ownInstallation(
    acting,
    (app) => app.manifest.features.slash_commands?.some((one) => one.command === command) === true,
    `the command ${command}`,
  );
  const { app } = installation;
  const described = app.manifest.features.slash_commands?.find((one) => one.command === command);
  const payload = commandPayload(
    acting,
    installation,
    channel,
    command,
    described?.should_escape === true ? escapeNames(acting, text) : text,
  );
  const outcome = await acting.world.deliveries.send({
    app,
    kind: 'command',
    payload,
    ...(described?.url === undefined ? {} : { url: described.url }),
  });
  if (!outcome.isAcknowledged) return commandTrouble(command, outcome);
  return answerInChannel(acting, installation, channel, command, outcome.answer);
}

function commandPayload(
  acting: Acting,
  installation: Installation,
  channel: Channel,
  command: string,
  text: string,
): Record<string, unknown> {
  const { world, user } = acting;
  const { enterprise } = user.team;
  return {
    token: installation.app.verificationToken,
    team_id: user.team.id,
    team_domain: user.team.domain,
    ...(enterprise === undefined ? {} : { enterprise_id: enterprise.id, enterprise_name: enterprise.name }),
    channel_id: channel.id,
    channel_name: channel.kind === 'im' ? 'directmessage' : channel.isPrivate ? 'privategroup' : channel.name,
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: installation.app.id,
    is_enterprise_install: String(installation.team === undefined),
    response_url: world.responseUrls.issue({ installation, user: user.id, channel: channel.id }),
    trigger_id: world.triggers.issue({ app: installation.app.id, team: user.team.id, user: user.id }),
  };
}

/** What was said in acknowledging is a message: a text, or one with blocks. */
function answerInChannel(
  { world, user }: Acting,
  installation: Installation,
  channel: Channel,
  command: string,
  answer: unknown,
): Reaction {
  if (answer === undefined) return nothingToSee;
  const given = typeof answer === 'string' ? { text: answer } : recordOf(answer);
  try {
    addBotMessage(
      world,
      installation,
      channel,
      readContent(given),
      given['response_type'] === 'in_channel' ? {} : { onlyFor: user.id },
    );
    return nothingToSee;
  } catch (error) {
    if (error instanceof SlackError) return trouble(`${command} failed with the error "${error.code}"`);
    throw error;
  }
}

/** Names as an app gets them that asked for it: `@ann` becomes `<@U…|ann>`, `#general` becomes `<#C…|general>`. */
function escapeNames({ world, user }: Acting, text: string): string {
  const people = new Map(
    [...world.state.users.values()].filter(({ team }) => team === user.team).map((one) => [one.name, one.id]),
  );
  const channels = new Map(
    [...world.state.channels.values()]
      .filter(({ teams, kind }) => kind === 'channel' && teams.has(user.team))
      .map((one) => [one.name, one.id]),
  );
  return text.replace(/(^|\s)([@#])([\p{L}\p{N}._-]+)/gu, (whole, space: string, sign: string, name: string) => {
    const id = (sign === '@' ? people : channels).get(name);
    return id === undefined ? whole : `${space}<${sign}${id}|${name}>`;
  });
}
