import type { OutsideOperation } from '../change/operation.ts';

export type GitChange = Extract<OutsideOperation, { verb: 'open-git-change' }>;

export interface OpenedGitChange {
  readonly commit: string;
  readonly branch: string;
  /** Where people review it; empty where the remote is plain Git. */
  readonly page: string;
}

/** Git repositories of the configuration. A branch of the same name with the same content is found again, never made twice. */
export interface GitChanges {
  readonly repositories: readonly string[];
  read(
    repository: string,
    base: string,
    path: string,
    options: { readonly signal: AbortSignal },
  ): Promise<string | undefined>;
  find(change: GitChange, options: { readonly signal: AbortSignal }): Promise<OpenedGitChange | undefined>;
  open(change: GitChange, options: { readonly signal: AbortSignal }): Promise<OpenedGitChange>;
  /** Closes the proposal and removes the branch, if it is still as we made it. */
  withdraw(change: GitChange, options: { readonly signal: AbortSignal }): Promise<void>;
}
