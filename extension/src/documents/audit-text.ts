import { auditCodes } from '@autodevops/domain/change/audit-event';
import type { AuditRow } from '@autodevops/domain/change/audit-event';
import { oneLine } from '@autodevops/domain/printable';
import { t } from '../language/translate.ts';
import { textOf } from './lines.ts';

/** Rows of the audit log, newest first, one in a line. */
export function auditText(rows: readonly AuditRow[], head: number): string {
  const lines = rows
    .toSorted((a, b) => b.sequence - a.sequence)
    .map(({ sequence, entry: { time, code, actor, subject, success, says } }) =>
      [
        String(sequence).padStart(6),
        time,
        code,
        auditCodes[code].padEnd(18),
        success ? '  ' : '! ',
        oneLine(actor.name, 40),
        oneLine(subject, 60),
        oneLine(says, 200),
      ].join('  '),
    );
  const first = rows.length < head ? t('The last {0} of {1} records.', rows.length, head) : t('{0} records.', head);
  return textOf([first, '', ...lines]);
}
