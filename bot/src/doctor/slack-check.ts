/** One thing that was looked at. */
export interface SlackCheck {
  readonly name: string;
  readonly state: 'fine' | 'missing';
  readonly says: string;
  /** What to do; empty when all is well. */
  readonly remedy: string;
}
