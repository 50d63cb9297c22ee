import type { Icon } from '../contributions/icons.ts';

/** One thing to choose. */
export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly icon?: Icon;
  readonly value: T;
}

export interface Question {
  readonly title: string;
  readonly prompt?: string;
}

export interface Progress {
  readonly tell: (says: string, share?: number) => void;
  /** Aborted when the person stops it. */
  readonly signal: AbortSignal;
}

/** Where progress is shown: in the view that it is about, or beside the status bar. */
export type ProgressPlace = 'problems' | 'clusters' | 'changes' | 'notification';

/** Asking and telling the person in front of the window. Every text is shown as text. Undefined: the person went away. */
export interface People {
  readonly tell: (
    kind: 'information' | 'warning' | 'error',
    text: string,
    buttons?: readonly string[],
  ) => Promise<string | undefined>;
  /** Some seconds in the status bar. */
  readonly whisper: (text: string) => void;
  /** A modal question with one way to say yes. */
  readonly confirm: (text: string, options: { readonly detail: string; readonly yes: string }) => Promise<boolean>;
  readonly pick: <T>(choices: readonly Choice<T>[], question: Question) => Promise<T | undefined>;
  /** `check` gives what is wrong with what was typed. */
  readonly enter: (
    question: Question & {
      readonly value?: string;
      /** What is typed is not shown. */ readonly secret?: boolean;
      readonly check?: (text: string) => string | undefined;
    },
  ) => Promise<string | undefined>;
  readonly openFile: (
    question: Question & { readonly kinds?: Readonly<Record<string, readonly string[]>> },
  ) => Promise<string | undefined>;
  /** Apart from files: the dialogs of Windows and Linux offer either the ones or the others. */
  readonly openFolder: (question: Question) => Promise<string | undefined>;
  readonly saveFile: (
    question: Question & { readonly name: string; readonly kinds?: Readonly<Record<string, readonly string[]>> },
  ) => Promise<string | undefined>;
  readonly during: <T>(place: ProgressPlace, title: string, work: (progress: Progress) => Promise<T>) => Promise<T>;
  readonly copy: (text: string) => Promise<void>;
}
