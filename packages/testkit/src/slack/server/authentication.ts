import type { IncomingHttpHeaders } from 'node:http';
import type { SlackMethod } from '../rules/methods/method.ts';
import type { Installation, SlackApp, Token } from '../state/apps.ts';
import type { SlackState } from '../state/slack-state.ts';
import { covers } from '../state/apps.ts';
import type { Team, User } from '../state/workspaces.ts';
import { textOf } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { SlackError } from './slack-error.ts';

/** Who calls, by a token that holds. */
export interface Caller {
  readonly token: Token;
  readonly app: SlackApp;
  /** Of an app in a workspace. */
  readonly installed?: { readonly installation: Installation; readonly user: User; readonly team: Team };
}

export function givenToken(headers: IncomingHttpHeaders, args: Arguments): string {
  const [scheme, value] = (headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && value !== undefined ? value : textOf(args, 'token');
}

/** The caller behind a token, or the error that Slack has for it. */
export function authenticate(state: SlackState, value: string, now: number): Caller {
  if (value === '') throw new SlackError('not_authed');
  const token = state.tokens.get(value);
  if (token === undefined) throw new SlackError('invalid_auth');
  if (token.isRevoked) throw new SlackError('token_revoked');
  if (token.expiresAt !== undefined && token.expiresAt <= now) throw new SlackError('token_expired');
  const { installation, user } = token;
  if (installation === undefined || user === undefined) return { token, app: token.app };
  if (!installation.isActive || user.isDeleted) throw new SlackError('account_inactive');
  return { token, app: token.app, installed: { installation, user, team: installation.team ?? user.team } };
}

/** With a token of a whole organisation, `team_id` says which workspace is meant. */
export function inTeam(state: SlackState, caller: Caller, teamId: string): Caller {
  if (teamId === '' || caller.installed === undefined) return caller;
  const { installation } = caller.installed;
  const team = state.teams.get(teamId);
  if (installation.team !== undefined) return caller;
  if (team === undefined || !covers(installation, team)) throw new SlackError('team_access_not_granted');
  return { ...caller, installed: { ...caller.installed, team } };
}

/** Refuses a token of the wrong kind, or without one of the scopes that the method takes. */
export function authorise(method: SlackMethod, { token }: Caller): void {
  const ofItsOwn = ['app', 'configuration'] as const;
  if (ofItsOwn.some((kind) => (method.token === kind) !== (token.kind === kind))) {
    throw new SlackError('not_allowed_token_type');
  }
  if (method.scopes.length > 0 && !method.scopes.some((scope) => token.scopes.includes(scope))) {
    throw new SlackError('missing_scope', { needed: method.scopes.join(','), provided: token.scopes.join(',') });
  }
}
