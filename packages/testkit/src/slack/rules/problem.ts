/**
 * What is wrong with a payload, as Slack's `blocks.validate` tells: where (a JSON pointer into the payload), a code, a
 * sentence, and the limit or the list of what is allowed where one was passed. https://docs.slack.dev/reference/methods/blocks.validate
 */
export interface Problem {
  readonly pointer: string;
  readonly code: ProblemCode;
  readonly message: string;
  readonly constraint?: number | readonly string[];
}

export type ProblemCode =
  | 'missing_field'
  | 'unknown_field'
  | 'wrong_type'
  | 'unknown_type'
  | 'not_allowed_here'
  | 'too_long'
  | 'too_short'
  | 'too_many'
  | 'too_few'
  | 'out_of_range'
  | 'invalid_value'
  | 'duplicate_id'
  | 'conflict';

/** As an answer of the Web API has it in `response_metadata.messages`: `[ERROR] must be less than 76 characters [json-pointer:/blocks/0/text/text]`. */
export function responseMessages(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ pointer, message }) => `[ERROR] ${message} [json-pointer:${pointer}]`);
}
