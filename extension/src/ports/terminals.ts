/** A program in a terminal of its own: started as it is, by no shell, so that no word of it is ever interpreted. */
export interface TerminalProgram {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

export interface Terminals {
  readonly open: (program: TerminalProgram) => void;
  /** The path of a program of PATH; undefined where there is none. */
  readonly find: (name: string) => Promise<string | undefined>;
}
