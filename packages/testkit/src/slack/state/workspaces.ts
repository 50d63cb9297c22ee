/** An organisation of Enterprise Grid. */
export interface Enterprise {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

/** A workspace. */
export interface Team {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly enterprise?: Enterprise;
}

/** A user account, of a person or of an app. Flags as in `users.info`; change them to play what happens to people. */
export interface User {
  readonly id: string;
  readonly team: Team;
  name: string;
  realName: string;
  email: string;
  isEmailConfirmed: boolean;
  isDeleted: boolean;
  isAdmin: boolean;
  /** Multi-channel guest. */
  isRestricted: boolean;
  /** Single-channel guest; `isRestricted` as well. */
  isUltraRestricted: boolean;
  readonly isBot: boolean;
  /** Of a bot: its app and its bot id. */
  readonly app?: string;
  readonly bot?: string;
  timeZone: string;
}

/** The organisation that a workspace belongs to, itself where it has none: people of one organisation are no strangers. */
export function organisation(team: Team): string {
  return team.enterprise?.id ?? team.id;
}
