import { createHmac, timingSafeEqual } from 'node:crypto';

export interface SignedRequest {
  /** As it came, byte for byte. */
  readonly body: Buffer;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

/** How far a request's time may be from ours, either way, in seconds. */
const window = 300;

/**
 * Whether Slack signed this with the app's secret, not more than five minutes ago and not for the future
 * (https://docs.slack.dev/authentication/verifying-requests-from-slack): HMAC-SHA256 over `v0:<time>:<body>`.
 * `now` in milliseconds. Undefined: it did; else why not, for the log.
 */
export function flawOfSignature(
  { body, timestamp, signature }: SignedRequest,
  secret: string,
  now: number,
): string | undefined {
  if (secret === '') return 'the app has no signing secret';
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return 'its time cannot be read';
  if (signature === undefined || !/^v0=[0-9a-f]{64}$/.test(signature)) return 'it is not signed';
  if (Math.abs(Math.floor(now / 1000) - Number(timestamp)) > window) return 'its time is too far from now';
  const expected = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(signature.slice(3), 'hex')) ? undefined : 'its signature is wrong';
}
