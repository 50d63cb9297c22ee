/**
 * Keys of what stands in a customer's threads. The customer is part of each, so that what one agent calls its own can
 * never be a message of another customer.
 */
export const messageKeys = {
  root: (customer: string, incident: string): string => `${customer}/incident/${incident}/root`,
  findings: (customer: string, incident: string): string => `${customer}/incident/${incident}/findings`,
  /** Of the n-th real change of state. */
  step: (customer: string, incident: string, number: number): string =>
    `${customer}/incident/${incident}/step/${number}`,
  /** That somebody is called, for the n-th time. */
  call: (customer: string, incident: string, number: number): string =>
    `${customer}/incident/${incident}/call/${number}`,
  /** That a status update is due, for the n-th time. */
  reminder: (customer: string, incident: string, number: number): string =>
    `${customer}/incident/${incident}/reminder/${number}`,
  card: (customer: string, change: string): string => `${customer}/change/${change}/card`,
  /** How a change ended. */
  outcome: (customer: string, change: string): string => `${customer}/change/${change}/outcome`,
  away: (customer: string, number: number): string => `${customer}/agent/away/${number}`,
} as const;

/** The change whose card has this key; undefined for any other message. */
export function changeOfCardKey(customer: string, key: string): string | undefined {
  const [, owner, change] = /^([^/]+)\/change\/(chg-[a-z0-9]{6,32})\/card$/.exec(key) ?? [];
  return owner === customer ? change : undefined;
}

/** The incident that a message of a thread belongs to; undefined for any other message. */
export function incidentOfKey(customer: string, key: string): string | undefined {
  const [, owner, incident] = /^([^/]+)\/incident\/(inc-[a-z0-9]{6,32})\//.exec(key) ?? [];
  return owner === customer ? incident : undefined;
}
