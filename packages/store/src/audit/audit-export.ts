import { auditCodes } from '@autodevops/domain/change/audit-event';
import type { AuditRow } from '@autodevops/domain/change/audit-event';
import { canonicalJson } from '@autodevops/domain/canonical-json';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { printable } from '@autodevops/domain/printable';
import type { AuditLog } from '@autodevops/domain/ports/store';
import { rowLine } from './audit-chain.ts';

export interface ExportOptions {
  readonly format: 'jsonl' | 'csv';
  /** ISO 8601; rows of this time and later. */
  readonly from?: string;
  /** ISO 8601; rows before this time. */
  readonly to?: string;
}

/** Of a log, what an export reads: the store's own, or one that is read over an agent. */
export type AuditSource = Pick<AuditLog, 'rows' | 'head'>;

const page = 500;

async function* allRows(log: AuditSource, from: number, last: number): AsyncGenerator<AuditRow> {
  for (let next = from; next <= last;) {
    const rows = await log.rows({ from: next, limit: Math.min(page, last - next + 1) });
    if (rows.length === 0) return;
    yield* rows;
    next = (rows.at(-1)?.sequence ?? last) + 1;
  }
}

function timeOf(text: string): number {
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new AutoDevOpsError('usage', `${text} is not a time.`, 'Write it like 2026-01-31T12:00:00Z.');
}

/**
 * From the first row to the last one of a time: without a gap, so that a part can be verified as the whole can. Clocks
 * of several writers differ a little: between the two there may be a row of another time.
 */
async function span(
  log: AuditSource,
  { from, to }: ExportOptions,
): Promise<{ readonly first: number; readonly last: number }> {
  const { sequence: end } = await log.head();
  if (from === undefined && to === undefined) return { first: 1, last: end };
  const [earliest, latest] = [from === undefined ? -Infinity : timeOf(from), to === undefined ? Infinity : timeOf(to)];
  let [first, last] = [Infinity, 0];
  for await (const { sequence, entry } of allRows(log, 1, end)) {
    const time = Date.parse(entry.time);
    if (time < earliest || time >= latest) continue;
    first = Math.min(first, sequence);
    last = sequence;
  }
  return { first, last };
}

const columns = [
  'sequence',
  'time',
  'code',
  'event',
  'success',
  'account',
  'person',
  'name',
  'roles',
  'surface',
  'onBehalfOf',
  'subject',
  'says',
  'details',
  'previous',
  'hash',
];

/**
 * A cell by RFC 4180. A spreadsheet would compute what begins like a formula, in letters of full width, too, and behind what
 * its language takes for the end of a cell; an apostrophe makes it text. https://owasp.org/www-community/attacks/CSV_Injection
 */
function cell(value: string): string {
  const inert = printable(value).replaceAll(/^(?=\t)|(^|[;\t|\n])(?= *[=+\-@＝＋－＠])/g, "$1'");
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

function csvLine({ sequence, previous, hash, entry }: AuditRow): string {
  const { actor } = entry;
  const cells = [
    String(sequence),
    entry.time,
    entry.code,
    auditCodes[entry.code],
    String(entry.success),
    actor.account,
    actor.person,
    actor.name,
    actor.roles.join(' '),
    actor.surface,
    entry.onBehalfOf,
    entry.subject,
    entry.says,
    canonicalJson(entry.details),
    previous,
    hash,
  ];
  return cells.map(cell).join(',');
}

/** The log as text, in pieces that end with a line's end. Only `jsonl` can be verified; `csv` is for tables. Throws `usage` for what is no time. */
export async function* exportAudit(log: AuditSource, options: ExportOptions): AsyncGenerator<string> {
  const { first, last } = await span(log, options);
  if (options.format === 'csv') yield `${columns.join(',')}\r\n`;
  for await (const row of allRows(log, first, last)) {
    yield options.format === 'csv' ? `${csvLine(row)}\r\n` : `${rowLine(row)}\n`;
  }
}
