import { AutoDevOpsError, errorCodes } from '@autodevops/domain/errors';
import { printable } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import { remedyIn } from '@autodevops/domain/remedy/remedy';
import type { RemedyParts } from '@autodevops/domain/remedy/remedy-step';
import { safeJson } from '@autodevops/domain/safe-json';

/** A failure for people and for programs: neither holds secrets, raw answers or stack traces. */
export interface Described {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** The same for programs, where it names steps. */
  readonly remedyParts?: RemedyParts;
  readonly exit: number;
  /** What only the log file gets; empty for failures that say it all. */
  readonly details: string;
}

function isInterruption(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || (error as { code?: unknown }).code === 'ABORT_ERR');
}

function detailsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${detailsOf(error.cause)}`;
  return (error.stack ?? `${error.name}: ${error.message}`) + cause;
}

function clean(text: string): string {
  return printable(redact(text));
}

/** A sentence is one line: what it quotes (a name, an argument) must not begin another one. */
function sentence(text: string): string {
  return clean(text)
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
}

function cleanParts({ remedyParts }: AutoDevOpsError): Pick<Described, 'remedyParts'> {
  if (remedyParts === undefined) return {};
  return { remedyParts: remedyParts.map((part) => (typeof part === 'string' ? redact(part) : part)) };
}

/** Any thrown value as what happened and what to do. `interrupted`: the person pressed Ctrl-C. */
export function describeError(error: unknown, interrupted: boolean): Described {
  if (error instanceof AutoDevOpsError) {
    return {
      code: error.code,
      message: sentence(error.message),
      remedy: sentence(error.remedy),
      ...cleanParts(error),
      exit: error.exit,
      details: '',
    };
  }
  if (interrupted && isInterruption(error)) {
    return {
      code: 'interrupted',
      message: 'Interrupted.',
      remedy: 'Nothing was changed.',
      exit: errorCodes.interrupted.exit,
      details: '',
    };
  }
  return {
    code: 'internal',
    message: 'Something unexpected happened in autodevops itself.',
    remedy: 'Try again; if it happens again, report it.',
    exit: errorCodes.internal.exit,
    details: clean(detailsOf(error)),
  };
}

/** What goes to stderr. `kept`: the reference and the file with the details, where there are any. */
export function errorText(
  described: Described,
  kept: { readonly reference: string; readonly path: string | undefined } | undefined,
): string {
  const lines = [`Error: ${described.message}`, described.remedy];
  if (kept !== undefined) {
    lines.push(
      kept.path === undefined
        ? `Reference ${kept.reference}; the details could not be written to a file.`
        : `Reference ${kept.reference}; the details are in ${kept.path}`,
    );
  }
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}

/** What goes to stdout with `--output json`. */
export function errorJson(described: Described, reference: string | undefined): string {
  const { code, message } = described;
  const told = { code, message, ...remedyIn(described), ...(reference === undefined ? {} : { reference }) };
  return safeJson({ error: told });
}
