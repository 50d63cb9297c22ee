import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ErrorCode } from '@autodevops/domain/errors';
import { remedyIn } from '@autodevops/domain/remedy/remedy';
import { ToldParts } from '@autodevops/domain/remedy/remedy-step';
import { z } from 'zod';

/** How an error is told over HTTP. No stack, no raw answer; `reference` finds the details in the agent's log. */
export const ErrorAnswer = z.object({
  error: z.object({
    code: z.string(),
    what: z.string(),
    remedy: z.string(),
    remedyParts: ToldParts,
    reference: z.string(),
  }),
});
export type ErrorAnswer = z.infer<typeof ErrorAnswer>;

const statuses: Partial<Record<ErrorCode, number>> = {
  usage: 400,
  'agent.busy': 429,
  'agent.unauthorized': 401,
  'change.invalid': 400,
  'change.refused': 422,
  'change.not-allowed': 403,
  'change.not-found': 404,
  'object.not-found': 404,
  'incident.not-found': 404,
  'incident.wrong-state': 409,
  'change.stale': 409,
  'change.wrong-state': 409,
  'change.stopped': 423,
  'cluster.conflict': 409,
  'store.conflict': 409,
  'store.fenced': 409,
  'policy.invalid': 422,
  'store.unavailable': 503,
  'store.locked': 503,
  interrupted: 499,
  internal: 500,
};

export function statusOf(code: ErrorCode): number {
  return statuses[code] ?? 502;
}

export interface Told {
  readonly status: number;
  readonly answer: ErrorAnswer;
  /** For the log, never for the caller. */
  readonly details: string | undefined;
}

/** Any failure as people may see it. */
export function tellError(error: unknown, reference: string): Told {
  if (error instanceof AutoDevOpsError) {
    return {
      status: statusOf(error.code),
      answer: { error: { code: error.code, what: error.message, ...remedyIn(error), reference } },
      details: undefined,
    };
  }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    status: 500,
    answer: {
      error: {
        code: 'internal',
        what: 'The agent failed in a way that nobody foresaw.',
        remedy: `Look for ${reference} in the agent's log and report it.`,
        reference,
      },
    },
    details,
  };
}
