/** What may be said of an incident of another service that pages people. */
export type PagedStatus = 'acknowledged' | 'resolved';

/** A service that pages people, and has incidents of its own of what it pages them for. */
export interface Paging {
  /** For people: `PagerDuty`. */
  readonly name: string;
  /**
   * Says how one of its incidents stands; said again it changes nothing. Throws `signals.*`: those that may pass are worth
   * another try.
   */
  readonly tell: (incident: string, status: PagedStatus, options: { readonly signal: AbortSignal }) => Promise<void>;
}
