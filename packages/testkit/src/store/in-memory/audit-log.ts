import type { AuditLog } from '@autodevops/domain/ports/store';
import { auditHead, chained, copied } from './state.ts';
import type { Session } from './state.ts';

export function auditLogIn({ state, write }: Session): AuditLog {
  return {
    append: (entries) => write('audit', () => void state.audit.push(...chained(state, entries))),
    rows: async ({ from, limit }) => copied(state.audit.slice(Math.max(0, from - 1), Math.max(0, from - 1) + limit)),
    head: async () => auditHead(state),
    keepCheckpoint: (checkpoint) => write('audit', () => void state.checkpoints.push(copied(checkpoint))),
    checkpoints: async () => copied(state.checkpoints),
  };
}
