import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { SlackFailure } from './slack-failure.ts';

/** Slack's words for what is its own trouble and passes. */
const passing = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  'rollup_error',
  'org_login_required',
]);
/** The connection was never made, so nothing was done. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function systemCode(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string' && neverSent.has(at.code)) return at.code;
    if (at instanceof AggregateError && at.errors[0] !== undefined) return systemCode(at.errors[0]);
  }
  return '';
}

/** What Slack's own client threw, as the bot speaks of it. Nothing of the request is in it. */
export function slackFailureOf(error: unknown): SlackFailure {
  if (error instanceof SlackFailure) return error;
  if (error instanceof WebAPIRateLimitedError) {
    return new SlackFailure('later', 'ratelimited', { retryAfter: error.retryAfter * 1000 });
  }
  if (error instanceof WebAPIPlatformError) {
    const code = String(error.data.error).slice(0, 100);
    if (code === 'ratelimited' || code === 'rate_limited') {
      return new SlackFailure('later', 'ratelimited', { retryAfter: 30_000 });
    }
    return new SlackFailure(passing.has(code) ? 'uncertain' : 'refused', code, {
      cause: error.data.response_metadata?.messages?.join(' ').slice(0, 500),
    });
  }
  if (error instanceof WebAPIHTTPError) {
    return error.statusCode === 429
      ? new SlackFailure('later', 'ratelimited', { retryAfter: 30_000 })
      : new SlackFailure('uncertain', `http_${error.statusCode}`);
  }
  if (error instanceof WebAPIRequestError) {
    return systemCode(error.original) === ''
      ? new SlackFailure('uncertain', 'no_answer')
      : new SlackFailure('later', 'unreachable');
  }
  return new SlackFailure('uncertain', 'unexpected', { cause: error });
}
