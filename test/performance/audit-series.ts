import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { chain, emptyChain, entryTexts } from '../../packages/store/src/audit/audit-chain.ts';
import type { ChainedText } from '../../packages/store/src/audit/audit-chain.ts';
import { approvalOf } from './approval-records.ts';
import { measure } from './measured-process.ts';
import type { Begun, Figures, Series } from './series.ts';

const programs = join(import.meta.dirname, 'programs');
const many = 1_000_000;
const few = 100_000;
/** So many rows are chained at a time, over the same entries: where a row stands is a part of its hash. */
const page = 1000;

/** As docs/audit-format.md has it: keys by name, no spaces. */
function lineOf({ sequence, previous, hash, entryText }: ChainedText): string {
  return `{"entry":${entryText},"hash":"${hash}","previous":"${previous}","sequence":${sequence}}\n`;
}

/** A log of so many rows in the form of an export, without a store that commits them. */
async function writeAudit(path: string, count: number): Promise<void> {
  const texts = entryTexts(
    Array.from({ length: page }, (_, at) => approvalOf(at).audit)
      .flat()
      .slice(0, page),
  );
  const out = createWriteStream(path);
  for (let [written, head] = [0, emptyChain]; written < count; written += page) {
    const chained = chain(head, texts);
    head = chained.at(-1) ?? head;
    if (!out.write(chained.map(lineOf).join(''))) await once(out, 'drain');
  }
  out.end();
  await finished(out);
}

async function figures(program: string, ...args: readonly string[]): Promise<Figures> {
  return (await measure([join(programs, `${program}.ts`), ...args])).figures;
}

async function begin(): Promise<Begun> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-bench-'));
  const [large, small] = [join(folder, 'audit.jsonl'), join(folder, 'few.jsonl')];
  await writeAudit(large, many);
  await writeAudit(small, few);
  return {
    measure: async () => await figures('audit-verify', large, String(many)),
    measurePeer: async () => ({
      ...(await figures('audit-verify', small, String(few))),
      ...(await figures('audit-floor', large)),
    }),
    end: async () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What it takes to verify a long audit log: time against bare hashes of the same lines, memory against a short one. */
export const auditSeries: Series = {
  what: 'an audit log of 1,000,000 rows',
  peer: 'sha256 of each row; of memory: 100,000 rows',
  begin,
  rows: [
    { what: 'audit rows verified a second, of 1,000,000', unit: '1/s', figure: 'perSecond', goal: { least: 0.4 } },
    { what: 'peak memory of verifying 1,000,000 audit rows', unit: 'MB', figure: 'peakMegabytes', goal: { atMost: 2 } },
  ],
};
