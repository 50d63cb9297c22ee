/**
 * How a call to Slack failed. `later`: may pass, after `retryAfter` where Slack says when. `uncertain`: it was sent and
 * no answer came, so it may have been done. `refused`: asking again changes nothing; `code` is Slack's word for it.
 */
export class SlackFailure extends Error {
  readonly kind: 'later' | 'uncertain' | 'refused';
  readonly code: string;
  /** In milliseconds. */
  readonly retryAfter: number | undefined;

  constructor(
    kind: SlackFailure['kind'],
    code: string,
    options: { readonly retryAfter?: number; readonly cause?: unknown } = {},
  ) {
    super(`Slack: ${code}`, { cause: options.cause });
    this.name = 'SlackFailure';
    this.kind = kind;
    this.code = code;
    this.retryAfter = options.retryAfter;
  }
}
