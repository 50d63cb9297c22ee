import type { Actor } from '@autodevops/domain/change/actor';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import type { AutoDevOpsError } from '@autodevops/domain/errors';
import type { AuditLog } from '@autodevops/domain/ports/store';
import { timeOf } from '../surroundings.ts';
import type { Clock } from '../surroundings.ts';

export interface Denied {
  readonly code: Extract<AuditEntry['code'], 'DNY001' | 'DNY002'>;
  readonly actor: Actor;
  /** The change, or what was asked for. */
  readonly subject: string;
  readonly details: AuditEntry['details'];
}

/** Writes a refusal to the audit log and throws it. When it cannot be written, that is what is thrown: nothing is done either way. */
export async function deny(
  error: AutoDevOpsError,
  { code, actor, subject, details }: Denied,
  { store, clock }: { readonly store: { readonly audit: AuditLog }; readonly clock: Clock },
): Promise<never> {
  await store.audit.append([
    {
      code,
      time: timeOf(clock),
      actor,
      onBehalfOf: '',
      subject,
      success: false,
      says: error.message,
      details: { error: error.code, ...details },
    },
  ]);
  throw error;
}
