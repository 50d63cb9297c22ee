import { AutoDevOpsError, errorCodes } from '@autodevops/domain/errors';
import type { ErrorCode } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import { partsOf, remedyIn } from '@autodevops/domain/remedy/remedy';
import { ToldParts } from '@autodevops/domain/remedy/remedy-step';
import { z } from 'zod';

const longest = 600;

const EndLine = z.object({
  level: z.literal('error'),
  message: z.literal('the agent does not begin'),
  error: z.object({
    code: z.string().refine((code): code is ErrorCode => Object.hasOwn(errorCodes, code)),
    message: z.string().max(longest),
    remedy: z.string().max(longest),
    remedyParts: ToldParts,
  }),
});

function clean(text: string): string {
  return oneLine(redact(text), longest);
}

/** Why an agent does not begin, as a line of its log: whoever started it fails for the same reason, and not for the agent's. */
export function endLine(error: AutoDevOpsError): string {
  const { remedy, remedyParts } = remedyIn(error);
  const told: z.input<typeof EndLine> = {
    level: 'error',
    message: 'the agent does not begin',
    error: {
      code: error.code,
      message: clean(error.message),
      remedy: clean(remedy),
      remedyParts: remedyParts?.map((part) => (typeof part === 'string' ? redact(part) : part)),
    },
  };
  return `${JSON.stringify(told)}\n`;
}

/** The failure that a line of an agent's log tells; undefined where it tells none. */
export function endIn(line: string): AutoDevOpsError | undefined {
  if (!line.startsWith('{')) return undefined;
  let told: unknown;
  try {
    told = JSON.parse(line);
  } catch {
    return undefined;
  }
  const read = EndLine.safeParse(told);
  if (!read.success) return undefined;
  const { code, message } = read.data.error;
  return new AutoDevOpsError(code, message, partsOf(read.data.error));
}
