import type { AppManifest } from './app-manifest.ts';
import type { Enterprise, Team, User } from './workspaces.ts';

/** An app as its developers set it up. */
export interface SlackApp {
  readonly id: string;
  readonly clientId: string;
  readonly clientSecret: string;
  signingSecret: string;
  readonly verificationToken: string;
  readonly manifest: AppManifest;
  /** Overrides every address of the manifest; where events, commands and interactions are sent over HTTP. */
  requestUrl: string | undefined;
  /** How it is given away, which decides on limits of `conversations.history`. */
  readonly distribution: 'internal' | 'commercial' | 'marketplace';
}

/** An app in one workspace, or in a whole organisation. */
export interface Installation {
  readonly app: SlackApp;
  readonly team?: Team;
  readonly enterprise?: Enterprise;
  readonly botUser: User;
  readonly installer: User;
  readonly scopes: readonly string[];
  isActive: boolean;
}

export interface Token {
  readonly value: string;
  readonly kind: 'bot' | 'user' | 'app' | 'configuration';
  readonly app: SlackApp;
  readonly installation?: Installation;
  /** Whom it acts as; none for the token of an app. */
  readonly user?: User;
  readonly scopes: readonly string[];
  isRevoked: boolean;
  /** Milliseconds since 1970; never if not given. */
  readonly expiresAt?: number;
}

/** Exchanged once for a new pair. */
export interface RefreshToken {
  readonly value: string;
  readonly installation: Installation;
  isUsed: boolean;
}

/** What an installation was given to call Slack with. */
export interface IssuedTokens {
  readonly token: string;
  readonly refreshToken?: string;
  readonly expiresInSeconds?: number;
}

export function covers(installation: Installation, team: Team): boolean {
  if (!installation.isActive) return false;
  return installation.team === undefined
    ? installation.enterprise !== undefined && installation.enterprise === team.enterprise
    : installation.team === team;
}
