/** A schedule by which somebody is on call: a file of rotations, a calendar, a service. */
export interface OnCallSchedule {
  /** As the configuration calls it. */
  readonly name: string;
  /**
   * Who is on call at that moment (milliseconds since 1970), as the schedule names people: an id, an account, an e-mail
   * address, a name. Foreign text. Empty: nobody is. Throws `on-call.unknown` where that cannot be found out.
   */
  at(time: number, options: { readonly signal: AbortSignal }): Promise<readonly string[]>;
}
