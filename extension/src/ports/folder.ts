/** The folder that is open in the window. Nothing of it is read before it is trusted. */
export interface Folder {
  readonly trusted: () => boolean;
  /** The path of the first folder; undefined where none is open, or it is on no disk. */
  readonly path: () => string | undefined;
  /** Undefined where there is no such file. */
  readonly read: (path: string) => Promise<string | undefined>;
  readonly write: (path: string, text: string) => Promise<void>;
}
