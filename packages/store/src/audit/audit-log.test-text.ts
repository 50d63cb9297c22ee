import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import { auditEntry } from '@autodevops/testkit/store-conformance-samples';
import { chain, emptyChain, entryTexts, rowLine } from './audit-chain.ts';
import type { ChainHead } from './chain-head.ts';

export interface LogText {
  /** Each with its line's end. */
  readonly lines: readonly string[];
  readonly heads: readonly ChainHead[];
}

/** An audit log of these entries, as a file holds it. */
export function logOf(entries: readonly AuditEntry[]): LogText {
  const rows = chain(emptyChain, entryTexts(entries));
  return {
    lines: rows.map((row) => `${rowLine({ ...row, entry: JSON.parse(row.entryText) as AuditEntry })}\n`),
    heads: rows.map(({ sequence, hash }) => ({ sequence, hash })),
  };
}

/** `count` rows, all different, with text of every kind in them. */
export function logOfRows(count: number): LogText {
  const texts = ['plain', 'ümläut 日本語 👩‍👩‍👧', 'quotation " backslash \\ line\nend \u0007', '\ud800 alone', ''];
  return logOf(
    Array.from({ length: count }, (_, at) =>
      auditEntry(`chg-${at}`, {
        says: texts[at % texts.length] ?? '',
        details: { at, deep: { share: at / 7, list: [at, null, true] } },
      }),
    ),
  );
}
