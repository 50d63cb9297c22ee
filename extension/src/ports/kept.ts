/** What is remembered between sessions: of this workspace, nothing secret. */
export interface Kept {
  readonly get: (name: string) => unknown;
  readonly put: (name: string, value: unknown) => Promise<void>;
}

/** Secrets of the user, kept by the editor. */
export interface Secrets {
  readonly get: (name: string) => Promise<string | undefined>;
  readonly put: (name: string, value: string) => Promise<void>;
  readonly forget: (name: string) => Promise<void>;
}
