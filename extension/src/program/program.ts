import { AutoDevOpsError, errorCodes } from '@autodevops/domain/errors';
import type { ErrorCode } from '@autodevops/domain/errors';
import { partsOf } from '@autodevops/domain/remedy/remedy';
import { ToldParts } from '@autodevops/domain/remedy/remedy-step';
import { z } from 'zod';
import { t } from '../language/translate.ts';

/** What a run of the program came to. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line that lies beside the extension: what is heavy runs there, in a process of its own. */
export interface Program {
  readonly run: (
    args: readonly string[],
    options: { readonly signal: AbortSignal; readonly folder?: string },
  ) => Promise<Ended>;
}

const Failure = z.object({
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string(), remedyParts: ToldParts }),
});

/** From the lines that it writes for people: `Error: what happened`, then what to do. */
function failureFrom({ stdout, stderr }: Ended): AutoDevOpsError {
  const told = Failure.safeParse(parsed(stdout)).data?.error;
  if (told !== undefined) {
    return new AutoDevOpsError(
      Object.hasOwn(errorCodes, told.code) ? (told.code as ErrorCode) : 'internal',
      told.message,
      partsOf(told),
    );
  }
  const [what = '', ...rest] = stderr.trim().split('\n');
  return new AutoDevOpsError(
    'internal',
    what.replace(/^Error: /, '') || t('The program ended without a word.'),
    rest.join(' '),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Codes of commands that looked and found something: 0 all is well, 1 it is not, 2 nobody can tell, 65 the log is not as it was written. */
const looked = [0, 1, 2, 65];

/** Runs a command that answers in JSON. Throws what it says went wrong. */
export async function runForJson<T extends z.ZodType>(
  program: Program,
  args: readonly string[],
  shape: T,
  options: { readonly signal: AbortSignal; readonly folder?: string },
): Promise<z.output<T>> {
  const ended = await program.run(args, options);
  const value = shape.safeParse(parsed(ended.stdout));
  if (looked.includes(ended.code) && value.success) return value.data;
  throw failureFrom(ended);
}

/** Runs a command that answers in text for people. Throws what it says went wrong. */
export async function runForText(
  program: Program,
  args: readonly string[],
  options: { readonly signal: AbortSignal; readonly folder?: string },
): Promise<string> {
  const ended = await program.run(args, options);
  if (looked.includes(ended.code) && ended.stdout !== '') return ended.stdout;
  throw failureFrom(ended);
}
