// `npm run bench [-- --write] [--rounds N] [--only NAME]`: every figure with its floor or peer, measured in the same
// run in interleaved rounds; medians and ratios. --write puts them into docs/performance.md.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { agentComparisons } from './agent-comparisons.ts';
import { comparisons } from './comparisons.ts';
import type { Comparison } from './comparisons.ts';
import { localComparisons } from './local-comparisons.ts';
import { median } from './measured-process.ts';
import { storeComparisons } from './store-comparisons.ts';

interface Row {
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
  readonly ratio: string;
  readonly goal: string;
  readonly met: string;
}

const { values } = parseArgs({
  options: { write: { type: 'boolean', default: false }, rounds: { type: 'string', default: '5' }, only: { type: 'string', default: '' } },
});

function shown(value: number, unit: string): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}

function rowOf(comparison: Comparison, ours: readonly number[], theirs: readonly number[]): Row {
  const [mine, other] = [median(ours), median(theirs)];
  const { what, unit, goal, peer } = comparison;
  if (peer === undefined) {
    const bound = goal !== undefined && 'atMost' in goal ? goal.atMost : undefined;
    const met = bound === undefined ? '' : mine <= bound ? 'yes' : 'no';
    return { what, ours: shown(mine, unit), theirs: '', ratio: '', goal: bound === undefined ? 'reported' : `≤ ${bound} ${unit}`, met };
  }
  const ratio = mine / other;
  const wanted = goal === undefined ? 'reported' : 'least' in goal ? `≥ ${goal.least}×` : `≤ ${goal.atMost}×`;
  const reached = goal === undefined || ('least' in goal ? ratio >= goal.least : ratio <= goal.atMost);
  const met = goal === undefined ? '' : reached ? 'yes' : 'no';
  return { what, ours: shown(mine, unit), theirs: `${shown(other, unit)} (${peer.name})`, ratio: `${ratio.toFixed(2)}×`, goal: wanted, met };
}

async function run(comparison: Comparison, rounds: number): Promise<Row> {
  const [ours, theirs]: [number[], number[]] = [[], []];
  const prepared = await comparison.prepare();
  try {
    for (let round = 0; round < rounds; round += 1) {
      process.stderr.write(`\r${comparison.what}: round ${round + 1} of ${rounds}   `);
      ours.push(await comparison.measure(prepared));
      if (comparison.peer !== undefined) theirs.push(await comparison.peer.measure(prepared));
    }
  } finally {
    prepared.stop();
    process.stderr.write('\n');
  }
  return rowOf(comparison, ours, theirs);
}

function table(rows: readonly Row[]): string {
  const lines = rows.map((r) => `| ${r.what} | ${r.ours} | ${r.theirs} | ${r.ratio} | ${r.goal} | ${r.met} |`);
  return ['| what | ours | floor or peer | ratio | goal | met |', '|---|---|---|---|---|---|', ...lines].join('\n');
}

function page(rows: readonly Row[], rounds: number): string {
  const cpu = cpus();
  return `<!-- Written by \`npm run bench -- --write\`. -->

# Performance

Medians of ${rounds} interleaved rounds on ${cpu.length} × ${cpu[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}. Each measurement is a
process of its own; the server is another. Times of one machine mean little: look at the ratios, whose two sides were
measured in the same run. The generated cluster has pods of about 9 kB, as many events, a tenth as many Deployments,
ReplicaSets and Services, and 100 nodes.

${table(rows)}

- **The floor** GETs the same lists in pages of 500 and drops the bytes.
- **The peer** is \`@kubernetes/client-node\` 2.0.1: its typed lists feeding the same rules, and its informer.
`;
}

const rounds = Number(values.rounds);
const chosen = [...comparisons, ...storeComparisons, ...agentComparisons, ...(await localComparisons())].filter((c) => c.what.includes(values.only));
const rows: Row[] = [];
for (const comparison of chosen) rows.push(await run(comparison, rounds));
process.stdout.write(`${table(rows)}\n`);
if (values.write) writeFileSync(join(import.meta.dirname, '..', '..', 'docs', 'performance.md'), page(rows, rounds));
process.exitCode = rows.some((row) => row.met === 'no') ? 1 : 0;
