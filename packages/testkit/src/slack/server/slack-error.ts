/** What a method answers as `{ok: false, error}`. */
export class SlackError extends Error {
  readonly code: string;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.name = 'SlackError';
    this.code = code;
    this.extra = extra;
  }
}

/** With sentences in `response_metadata.messages`, as Slack explains what it did not like. */
export function explained(
  code: string,
  messages: readonly string[],
  extra: Readonly<Record<string, unknown>> = {},
): SlackError {
  return new SlackError(code, { ...extra, response_metadata: { messages } });
}
