/** Programs of this machine whose output is read. No shell is around them, so that no word is ever interpreted. */
export interface Tools {
  /** What it prints. Throws `usage` where it cannot be started, fails, prints too much or takes too long. */
  readonly run: (
    program: string,
    args: readonly string[],
    options: { readonly folder: string; readonly signal: AbortSignal },
  ) => Promise<string>;
}
