import { createHmac } from 'node:crypto';

/** Headers by which an app knows that Slack sent this. https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signedHeaders(secret: string, seconds: number, body: string): Readonly<Record<string, string>> {
  const digest = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': `v0=${digest}` };
}
