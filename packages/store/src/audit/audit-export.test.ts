import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { auditEntry } from '@autodevops/testkit/store-conformance-samples';
import { exportAudit } from './audit-export.ts';
import type { ExportOptions } from './audit-export.ts';
import { verifyAudit } from './audit-verify.ts';

const day = (n: number): string => `2026-01-0${n}T00:00:00.000Z`;

async function exported(
  options: ExportOptions,
  entries = [1, 2, 3, 4].map((n) => auditEntry(`chg-${n}`, { time: day(n) })),
): Promise<string> {
  const store = createMemoryStore();
  await store.audit.append(entries);
  let text = '';
  for await (const piece of exportAudit(store.audit, options)) text += piece;
  return text;
}

const verified = (text: string, first?: number): ReturnType<typeof verifyAudit> =>
  verifyAudit(Readable.from([Buffer.from(text)]), first === undefined ? {} : { first });

it('gives the whole log in the form that is verified', async () => {
  const text = await exported({ format: 'jsonl' });
  expect(await verified(text)).toMatchObject({ intact: true, rows: 4 });
});

it('gives a part from one time to another, which is verified too', async () => {
  const text = await exported({ format: 'jsonl', from: day(2), to: day(4) });
  expect(await verified(text, 2)).toMatchObject({ intact: true, rows: 2 });
});

it('leaves no gap where the clocks of two writers differ', async () => {
  const text = await exported(
    { format: 'jsonl', from: day(2), to: day(4) },
    [2, 5, 3].map((n) => auditEntry(`chg-${n}`, { time: day(n) })),
  );
  expect(await verified(text)).toMatchObject({ intact: true, rows: 3 });
});

it('gives nothing for a time in which nothing was', async () => {
  expect(await exported({ format: 'jsonl', from: '2027-01-01T00:00:00.000Z' })).toBe('');
});

it('does not take for a time what is none', async () => {
  await expect(exported({ format: 'jsonl', from: 'last tuesday' })).rejects.toMatchObject({
    code: 'usage',
    message: 'last tuesday is not a time.',
  });
});

it('goes through a log of many pages', async () => {
  const text = await exported(
    { format: 'jsonl' },
    Array.from({ length: 1201 }, (_, n) => auditEntry(`chg-${n}`)),
  );
  expect(await verified(text)).toMatchObject({ intact: true, rows: 1201 });
});

it('writes a table with a title line and one line per row', async () => {
  const lines = (await exported({ format: 'csv' })).split('\r\n');
  expect(lines[0]).toBe(
    'sequence,time,code,event,success,account,person,name,roles,surface,onBehalfOf,subject,says,details,previous,hash',
  );
  expect(lines[1]).toMatch(
    /^1,2026-01-01T00:00:00.000Z,CHG001,change proposed,true,local:ann,ann,Ann,operator,cli,,chg-1,Ann proposed chg-1\.,"\{""replicas"":3\}",0{64},[0-9a-f]{64}$/,
  );
  expect(lines).toHaveLength(6);
});

it('lets no spreadsheet compute what somebody was called', async () => {
  const text = await exported(
    { format: 'csv' },
    ['=1+1', '+1', '-1', '@x', '\tx', 'a"b\nc'].map((says) => auditEntry('s', { says })),
  );
  for (const cell of ["'=1+1", "'+1", "'-1", "'@x", "'\tx", '"a""b\nc"']) expect(text).toContain(`,s,${cell},`);
});

it.each([
  ['behind what another language takes for the end of a cell', 'a;=1+1', "a;'=1+1"],
  ['behind a tab', 'a\t@x', "a\t'@x"],
  ['behind blanks', '  =1+1', "'  =1+1"],
  ['in letters of full width', '＝1+1', "'＝1+1"],
])('lets no spreadsheet compute what stands %s', async (_, says, cell) => {
  expect(await exported({ format: 'csv' }, [auditEntry('s', { says })])).toContain(`,s,${cell},`);
});

it('drives no terminal that a table is printed on', async () => {
  expect(await exported({ format: 'csv' }, [auditEntry('s', { says: 'a\u001b[2J\u202eb' })])).not.toMatch(
    /[\u001b\u202e]/,
  );
});
