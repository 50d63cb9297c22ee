/** The extension's own log, in the output panel. Holds no secret and no raw text of a cluster. */
export interface Log {
  readonly info: (text: string) => void;
  readonly warn: (text: string) => void;
  readonly error: (text: string) => void;
  readonly show: () => void;
}
