import type { SettingName } from '../settings/settings.ts';

/** A document that is made here and lies in no folder. It is shown as text, never rendered. */
export interface MadeDocument {
  /** `changes/chg-1/after.yaml`: what its tab is called, and where it is found again. */
  readonly path: string;
  /** `autodevops`: a page of ours, for reading. */
  readonly language: 'autodevops' | 'yaml' | 'log' | 'markdown';
  readonly text: string;
}

/** Documents in the editor. */
export interface Documents {
  readonly show: (document: MadeDocument) => Promise<void>;
  readonly compare: (before: MadeDocument, after: MadeDocument, title: string) => Promise<void>;
  readonly openFile: (path: string, line?: number) => Promise<void>;
  /** Shows where a setting of ours is set. */
  readonly openSetting: (name: SettingName) => Promise<void>;
  /** The file that is meant: what the command was called on, else the active editor's. */
  readonly active: () => { readonly path: string; readonly text: string } | undefined;
}
