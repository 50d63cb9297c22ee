import { inTerminal } from '../../packages/domain/src/remedy/in-terminal.ts';
import type { RemedyParts } from '../../packages/domain/src/remedy/remedy-step.ts';
import { expect } from 'vitest';
import type { Ran } from './run-command.ts';

/** How a failed run has to end. */
export interface Failure {
  readonly exit: number;
  /** The stable word for programs. */
  readonly code: string;
  /** What happened, as the user reads it; `*` stands for what differs from run to run (ports, folders). */
  readonly says: string;
  /** What to do about it. */
  readonly todo: string;
}

function pattern(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replace(/[.?+^$()[\]{}|\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`);
}

/** Holds a run of `... -o json` against the failure: two lines for people, the same as JSON for programs. */
export function expectFailure(ran: Ran, { exit, code, says, todo }: Failure): void {
  const [what = '', remedy = '', ...more] = ran.stderr.trimEnd().split('\n');
  expect(what).toMatch(pattern(`Error: ${says}`));
  expect(remedy).toMatch(pattern(todo));
  expect(more).toEqual([]);
  expect(ran.code).toBe(exit);
  const {
    error: { remedyParts, ...error },
  } = JSON.parse(ran.stdout) as {
    readonly error: {
      readonly code: string;
      readonly message: string;
      readonly remedy: string;
      readonly remedyParts?: RemedyParts;
    };
  };
  expect(error).toEqual({ code, message: what.slice('Error: '.length), remedy });
  if (remedyParts !== undefined) expect(inTerminal(remedyParts)).toBe(remedy);
}
