import { z } from 'zod';
import type { SlackMethod } from './method.ts';

interface Entry extends Omit<SlackMethod, 'arguments' | 'token' | 'scopes'> {
  readonly token?: SlackMethod['token'];
  readonly scopes?: SlackMethod['scopes'];
  readonly arguments: z.ZodRawShape;
}

/** A method of the table; a bot token is what most take. An argument that a method does not have is refused. */
export function method({ token = 'bot', scopes = [], arguments: shape, ...entry }: Entry): SlackMethod {
  return { ...entry, token, scopes, arguments: z.strictObject(shape) as unknown as SlackMethod['arguments'] };
}

export const channelErrors = [
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'team_access_not_granted',
  'restricted_action',
] as const;
