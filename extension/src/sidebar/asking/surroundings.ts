/** A text that a person is looking at. */
export interface LookedAt {
  /** For people: `deploy/web.yaml`. */
  readonly name: string;
  readonly text: string;
  /** On disk; undefined where it is on none. */
  readonly path: string | undefined;
  /** Where it begins in the file. */
  readonly line: number;
}

/** What of the editor a question may be about. Nothing is read before the person names it in a question. */
export interface Surroundings {
  readonly file: () => LookedAt | undefined;
  readonly selection: () => LookedAt | undefined;
  readonly terminal: () => Promise<LookedAt | undefined>;
  /** Manifests of the folder whose path holds these letters, relative to it; few. */
  readonly manifests: (letters: string) => Promise<readonly string[]>;
  /** Manifests of the folder in whose text these letters stand, with paths relative to it. */
  readonly filesWith: (letters: string) => Promise<readonly { readonly path: string; readonly text: string }[]>;
}
