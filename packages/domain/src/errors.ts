import { asRemedy } from './remedy/remedy.ts';
import type { Remedy } from './remedy/remedy.ts';
import type { RemedyParts } from './remedy/remedy-step.ts';

/** What the caller does next: `retry` (it may pass), `fix` (somebody has to change something), `usage` (the words are off). */
export type ErrorReaction = 'retry' | 'fix' | 'usage';

interface ErrorEntry {
  readonly reaction: ErrorReaction;
  /** The process's exit code, from sysexits where one fits. */
  readonly exit: number;
}

/** Every error that people may see. The sentences are made where the facts are; here is what they lead to. */
export const errorCodes = {
  'cluster.unreachable': { reaction: 'retry', exit: 69 },
  'cluster.refused': { reaction: 'fix', exit: 69 },
  'cluster.name-not-resolved': { reaction: 'fix', exit: 69 },
  'cluster.certificate-expired': { reaction: 'fix', exit: 69 },
  'cluster.certificate-unknown-authority': { reaction: 'fix', exit: 69 },
  'cluster.certificate-wrong-name': { reaction: 'fix', exit: 69 },
  'cluster.unauthorized': { reaction: 'fix', exit: 69 },
  'cluster.forbidden': { reaction: 'fix', exit: 69 },
  'cluster.not-found': { reaction: 'fix', exit: 69 },
  'cluster.expired-version': { reaction: 'retry', exit: 69 },
  'cluster.too-many-requests': { reaction: 'retry', exit: 69 },
  'cluster.server-error': { reaction: 'retry', exit: 69 },
  'cluster.no-answer': { reaction: 'retry', exit: 69 },
  'cluster.bad-answer': { reaction: 'retry', exit: 69 },
  'cluster.too-large': { reaction: 'fix', exit: 69 },
  'cluster.conflict': { reaction: 'retry', exit: 75 },
  'cluster.already-exists': { reaction: 'fix', exit: 69 },
  'cluster.invalid': { reaction: 'fix', exit: 69 },
  'cluster.disruption-budget': { reaction: 'retry', exit: 75 },
  'cluster.outcome-unknown': { reaction: 'fix', exit: 69 },
  'change.not-found': { reaction: 'usage', exit: 64 },
  'change.invalid': { reaction: 'usage', exit: 64 },
  'change.refused': { reaction: 'fix', exit: 77 },
  'change.not-allowed': { reaction: 'fix', exit: 77 },
  'change.stale': { reaction: 'retry', exit: 75 },
  'change.wrong-state': { reaction: 'usage', exit: 64 },
  'change.stopped': { reaction: 'fix', exit: 77 },
  'incident.not-found': { reaction: 'usage', exit: 64 },
  'incident.wrong-state': { reaction: 'usage', exit: 64 },
  'on-call.unknown': { reaction: 'retry', exit: 69 },
  'policy.invalid': { reaction: 'fix', exit: 78 },
  'config.invalid': { reaction: 'fix', exit: 78 },
  'audit.broken': { reaction: 'fix', exit: 65 },
  'agent.unreachable': { reaction: 'retry', exit: 69 },
  'agent.busy': { reaction: 'retry', exit: 75 },
  'agent.unauthorized': { reaction: 'fix', exit: 77 },
  'git.failed': { reaction: 'fix', exit: 69 },
  'image.not-found': { reaction: 'fix', exit: 69 },
  'local.no-engine': { reaction: 'fix', exit: 69 },
  'local.no-kind': { reaction: 'fix', exit: 69 },
  'local.too-small': { reaction: 'fix', exit: 69 },
  'local.port-taken': { reaction: 'fix', exit: 69 },
  'local.machine': { reaction: 'fix', exit: 69 },
  'local.image-unavailable': { reaction: 'fix', exit: 69 },
  'local.not-ours': { reaction: 'fix', exit: 77 },
  'local.not-there': { reaction: 'usage', exit: 64 },
  'local.not-running': { reaction: 'usage', exit: 64 },
  'local.failed': { reaction: 'retry', exit: 69 },
  'local.busy': { reaction: 'retry', exit: 75 },
  'signals.unreachable': { reaction: 'retry', exit: 69 },
  'signals.no-answer': { reaction: 'retry', exit: 69 },
  'signals.unauthorized': { reaction: 'fix', exit: 69 },
  'signals.refused': { reaction: 'fix', exit: 69 },
  'signals.busy': { reaction: 'retry', exit: 75 },
  'signals.too-large': { reaction: 'fix', exit: 69 },
  'signals.bad-answer': { reaction: 'retry', exit: 69 },
  'store.unavailable': { reaction: 'retry', exit: 69 },
  'store.locked': { reaction: 'retry', exit: 75 },
  'store.full': { reaction: 'fix', exit: 74 },
  'store.corrupt': { reaction: 'fix', exit: 65 },
  'store.newer': { reaction: 'fix', exit: 78 },
  'store.read-only': { reaction: 'fix', exit: 73 },
  'store.conflict': { reaction: 'retry', exit: 75 },
  'store.fenced': { reaction: 'retry', exit: 75 },
  'kubeconfig.not-found': { reaction: 'fix', exit: 69 },
  'kubeconfig.invalid': { reaction: 'fix', exit: 69 },
  'kubeconfig.no-context': { reaction: 'fix', exit: 69 },
  'kubeconfig.credentials': { reaction: 'fix', exit: 69 },
  'bundle.not-found': { reaction: 'fix', exit: 69 },
  'bundle.not-a-bundle': { reaction: 'fix', exit: 69 },
  'bundle.refused': { reaction: 'fix', exit: 69 },
  'output.failed': { reaction: 'fix', exit: 69 },
  'suppression.invalid': { reaction: 'fix', exit: 64 },
  'object.not-found': { reaction: 'usage', exit: 64 },
  usage: { reaction: 'usage', exit: 64 },
  interrupted: { reaction: 'retry', exit: 130 },
  internal: { reaction: 'fix', exit: 70 },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCodes;

/** An error for people: what happened, and what to do about it. Neither holds secrets or raw answers. */
export class AutoDevOpsError extends Error {
  readonly code: ErrorCode;
  /** A sentence, as a terminal tells it. */
  readonly remedy: string;
  /** The same in its parts, where it names steps: other surfaces have other names for them. */
  readonly remedyParts: RemedyParts | undefined;

  constructor(code: ErrorCode, what: string, remedy: string | Readonly<RemedyParts>, options?: { cause?: unknown }) {
    super(what, options);
    this.name = 'AutoDevOpsError';
    this.code = code;
    const told: Remedy = typeof remedy === 'string' ? { remedy } : asRemedy(remedy);
    this.remedy = told.remedy;
    this.remedyParts = told.remedyParts;
  }

  get reaction(): ErrorReaction {
    return errorCodes[this.code].reaction;
  }

  get exit(): number {
    return errorCodes[this.code].exit;
  }
}
