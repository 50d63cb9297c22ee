import { z } from 'zod';
import { Actor } from './actor.ts';

/**
 * Every event that the audit log can hold; a code is stable and never reused. What is not audited, by name: reads
 * (diagnose, ask, list, show), health and metrics; of incidents, what is only observed or said: their timelines hold it.
 */
export const auditCodes = {
  CHG001: 'change proposed',
  CHG002: 'change decided',
  CHG003: 'change approved',
  CHG004: 'change rejected',
  CHG005: 'change cancelled',
  CHG006: 'change expired',
  CHG007: 'change superseded',
  CHG008: 'execution began',
  CHG009: 'step intended',
  CHG010: 'step ended',
  CHG011: 'verified',
  CHG012: 'not verified',
  CHG013: 'undo began',
  CHG014: 'undone',
  CHG015: 'failed',
  CHG016: 'outcome unknown',
  DNY001: 'request refused',
  DNY002: 'approval refused',
  KSW001: 'kill switch on',
  KSW002: 'kill switch off',
  POL001: 'policy changed',
  BRK001: 'glass broken',
  BRK002: 'broken glass reviewed',
  PPL001: 'person linked',
  PPL002: 'person unlinked',
  PPL003: 'link code made',
  PPL004: 'account linked by code',
  PPL005: 'account unlinked',
  PPL006: 'account linked by e-mail address',
  TOK001: 'token issued',
  TOK002: 'tokens revoked',
  TOK003: 'bootstrap token made',
  TOK004: 'bootstrap token used',
  AUT001: 'automation changed',
  AUT002: 'automation stopped by its circuit breaker',
  STO001: 'store restored',
  INC001: 'incident opened',
  INC002: 'incident opened again',
  INC003: 'incident state set',
  INC004: 'incident severity set',
  INC005: 'incident role given',
  INC006: 'incident resolved',
  INC007: 'incident reviewed',
  INC008: 'incident became part of another',
  INC009: 'incident acknowledged',
  INC010: 'incident escalated',
  INC011: 'incident silenced',
  INC012: 'silence of an incident ended',
} as const;
export type AuditCode = keyof typeof auditCodes;
const codes = Object.keys(auditCodes) as [AuditCode, ...AuditCode[]];

/** What is to be recorded. Holds no secret and no raw text from the cluster beyond names. */
export const AuditEntry = z.strictObject({
  code: z.enum(codes),
  time: z.string(),
  actor: Actor,
  onBehalfOf: z.string().describe('account of the person for whom an agent acted; empty otherwise'),
  subject: z.string().describe('id of the change, person or policy that it is about'),
  success: z.boolean(),
  says: z.string().describe('one sentence'),
  details: z.record(z.string(), z.json()),
});
export type AuditEntry = Readonly<z.infer<typeof AuditEntry>>;

/**
 * A row of the chain. `hash` is the lower-case hexadecimal SHA-256 of the UTF-8 text
 * `sequence + "\n" + previous + "\n" + canonical JSON of the entry` (RFC 8785: keys sorted, no blanks);
 * `previous` is the hash of the row before, 64 zeros for the first.
 */
export const AuditRow = z.strictObject({
  sequence: z.int().min(1),
  previous: z.string(),
  hash: z.string(),
  entry: AuditEntry,
});
export type AuditRow = Readonly<z.infer<typeof AuditRow>>;

/** A signed statement that the chain had this hash at this length; kept in a second place, it shows a cut tail. */
export const AuditCheckpoint = z.strictObject({
  sequence: z.int().min(0),
  hash: z.string(),
  time: z.string(),
  key: z.string().describe('the Ed25519 public key, SPKI, base64'),
  signature: z.string().describe('Ed25519 over `sequence + "\\n" + hash + "\\n" + time`, base64'),
});
export type AuditCheckpoint = Readonly<z.infer<typeof AuditCheckpoint>>;
