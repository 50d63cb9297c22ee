/** How people and channels are called on a page, by their ids, and when and where somebody looks at it. */
export interface Names {
  readonly users: Readonly<Record<string, string>>;
  readonly channels: Readonly<Record<string, string>>;
  /** ISO 8601: what "today" is. */
  readonly now: string;
  /** IANA name. */
  readonly zone: string;
}
