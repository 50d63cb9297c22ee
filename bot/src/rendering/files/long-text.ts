/** A text too long for a message: it goes into the thread as a file. */
export interface LongText {
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

/** A picture that Slack shows in the thread. */
export interface PictureFile {
  readonly name: string;
  readonly title: string;
  /** What is on it, for who does not see it. */
  readonly altText: string;
  readonly png: Uint8Array;
}
