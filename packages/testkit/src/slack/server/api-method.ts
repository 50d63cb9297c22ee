import type { World } from '../world.ts';
import type { Installation } from '../state/apps.ts';
import type { Team, User } from '../state/workspaces.ts';
import type { Arguments } from './arguments.ts';
import type { Caller } from './authentication.ts';
import { SlackError } from './slack-error.ts';

/** What a method answers beside `ok`. */
export type Answer = Readonly<Record<string, unknown>>;

export interface MethodCall {
  readonly world: World;
  readonly args: Arguments;
  /** Absent where a method takes no token. */
  readonly caller: Caller | undefined;
  /** The header `Authorization`, for methods that are called with the app's own secret. */
  readonly authorization: string;
}

/** One method of the Web API: what it does once the call was let through. */
export type ApiMethod = (call: MethodCall) => Answer | Promise<Answer>;

/** For methods of an installed app. */
export interface InstalledCall {
  readonly world: World;
  readonly args: Arguments;
  readonly app: Caller['app'];
  readonly token: Caller['token'];
  readonly installation: Installation;
  readonly user: User;
  readonly team: Team;
}

export function asInstalled(method: (call: InstalledCall) => Answer | Promise<Answer>): ApiMethod {
  return ({ world, args, caller }) => {
    if (caller?.installed === undefined) throw new SlackError('not_allowed_token_type');
    return method({ world, args, app: caller.app, token: caller.token, ...caller.installed });
  };
}
