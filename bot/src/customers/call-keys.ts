import { createHash } from 'node:crypto';

/**
 * Idempotency keys of the calls that one event leads to: made from the event, what is called and the how-manieth such
 * call it is. Working on the event again gives the same keys, so the agent does once what is asked twice.
 */
export function callKeys(event: string): (endpoint: string) => string {
  const made = new Map<string, number>();
  return (endpoint) => {
    const ordinal = (made.get(endpoint) ?? 0) + 1;
    made.set(endpoint, ordinal);
    return `bot-${createHash('sha256')
      .update(JSON.stringify([event, endpoint, ordinal]))
      .digest('base64url')
      .slice(0, 40)}`;
  };
}
