import type { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Handler } from '../../handling/handler.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { scene } from '../../testing/surroundings.ts';
import type { Scene, SceneChoice } from '../../testing/surroundings.ts';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { SlashPayload } from '../slash-payload.ts';

export const responseUrl = 'https://hooks.slack.com/commands/1';

export function slashPayload(command: string, text: string): SlashPayload {
  return SlashPayload.parse({
    command,
    text,
    user_id: 'U1',
    channel_id: 'C1',
    team_id: 'T1',
    response_url: responseUrl,
    trigger_id: 'trg.1',
  });
}

export interface Said extends Scene {
  /** What was answered to the address of the command. */
  readonly answers: readonly (SlackMessage & { readonly isShared?: boolean })[];
}

/** Says a line (`/jamie ask why`) to the handler of its command. */
export async function say(line: string, handlers: readonly Handler[], choice: SceneChoice = {}): Promise<Said> {
  const [, command = '', text = ''] = /^(\S+) ?([\s\S]*)$/.exec(line) ?? [];
  const found = handlers.find(({ name }) => name === `command.${command}`);
  if (found === undefined) throw new Error(`nothing answers ${command}`);
  const made = scene({ store: createMemoryBotStore(), ...choice });
  await found.handle(slashPayload(command, text), made.surroundings);
  return { ...made, answers: made.slack.callsOf('respond').map(([, message]) => message as Said['answers'][number]) };
}

/** The failure that an asker is told. */
export async function failureOf(
  line: string,
  handlers: readonly Handler[],
  choice: SceneChoice = {},
): Promise<AutoDevOpsError> {
  try {
    await say(line, handlers, choice);
  } catch (error) {
    return error as AutoDevOpsError;
  }
  throw new Error('nothing failed');
}
