// Every figure with its floor or peer, measured in the same run in interleaved rounds: `npm run bench -- --help`.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { refuse, wordsOf } from '../../packages/workspace/developer-command.ts';
import { agentComparisons } from './agent-comparisons.ts';
import { auditSeries } from './audit-series.ts';
import { botSeries } from './bot-series.ts';
import { botStoreComparisons } from './bot-store-comparisons.ts';
import { comparisons } from './comparisons.ts';
import { extensionSeries } from './extension-series.ts';
import { localComparisons } from './local-comparisons.ts';
import { median } from './measured-process.ts';
import { seriesOf } from './series.ts';
import type { Figures, Series, SeriesRow } from './series.ts';
import { storeComparisons } from './store-comparisons.ts';

interface Row {
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
  readonly ratio: string;
  readonly goal: string;
  readonly met: string;
}

const command = {
  name: 'npm run bench --',
  help: `Measures every figure with its floor or peer, in interleaved rounds; prints medians and ratios.

Usage: npm run bench -- [options]

  --only TEXT   only the figures whose name has this text, such as 'diagnose -n'
  --rounds N    how often each is measured (default 5)
  --write       puts the table into docs/performance.md
  --help

Exit codes: 0 every goal was met, 1 one was not, 64 wrong usage.
`,
  options: {
    write: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
  },
} as const;
const { values } = wordsOf(command);
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) refuse(`--rounds: "${values.rounds}" is no number of rounds.`, command);

function shown(value: number, unit: string): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(unit === '' ? 0 : digits)} ${unit}`.trim();
}

function rowOf(
  { what, unit, goal, isAlone = false, isHighest = false }: SeriesRow,
  ours: readonly number[],
  peer: { readonly name: string; readonly values: readonly number[] } | undefined,
): Row {
  const mine = isHighest ? Math.max(...ours) : median(ours);
  if (peer === undefined || isAlone) {
    const wanted =
      goal === undefined ? 'reported' : 'least' in goal ? `≥ ${goal.least} ${unit}` : `≤ ${goal.atMost} ${unit}`;
    const reached = goal === undefined || ('least' in goal ? mine >= goal.least : mine <= goal.atMost);
    return {
      what,
      ours: shown(mine, unit),
      theirs: '',
      ratio: '',
      goal: wanted,
      met: goal === undefined ? '' : reached ? 'yes' : 'no',
    };
  }
  const other = median(peer.values);
  const ratio = mine / other;
  const wanted = goal === undefined ? 'reported' : 'least' in goal ? `≥ ${goal.least}×` : `≤ ${goal.atMost}×`;
  const reached = goal === undefined || ('least' in goal ? ratio >= goal.least : ratio <= goal.atMost);
  const met = goal === undefined ? '' : reached ? 'yes' : 'no';
  return {
    what,
    ours: shown(mine, unit),
    theirs: `${shown(other, unit)} (${peer.name})`,
    ratio: `${ratio.toFixed(2)}×`,
    goal: wanted,
    met,
  };
}

function unmeasured({ rows }: Series, error: unknown): readonly Row[] {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return rows.map(({ what }) => ({ what, ours: 'not measured', theirs: '', ratio: '', goal: '', met: 'no' }));
}

function figureOf(all: readonly Figures[], name: string): readonly number[] {
  return all.map((figures) => {
    const value = figures[name];
    if (value === undefined || Number.isNaN(value)) throw new Error(`a run did not report ${name}`);
    return value;
  });
}

async function run(
  { what, peer, mostRounds = Infinity, begin, rows: wanted }: Series,
  asked: number,
): Promise<readonly Row[]> {
  const [ours, theirs]: [Figures[], Figures[]] = [[], []];
  const number = Math.min(asked, mostRounds);
  const begun = await begin();
  try {
    for (let round = 0; round < number; round += 1) {
      process.stderr.write(`\r${what}: round ${round + 1} of ${number}   `);
      ours.push(await begun.measure());
      if (begun.measurePeer !== undefined) theirs.push(await begun.measurePeer());
    }
  } finally {
    await begun.end();
    process.stderr.write('\n');
  }
  return wanted.map((row) =>
    rowOf(
      row,
      figureOf(ours, row.figure),
      peer === undefined || row.isAlone === true ? undefined : { name: peer, values: figureOf(theirs, row.figure) },
    ),
  );
}

function table(rows: readonly Row[]): string {
  const lines = rows.map((r) => `| ${r.what} | ${r.ours} | ${r.theirs} | ${r.ratio} | ${r.goal} | ${r.met} |`);
  return ['| what | ours | floor or peer | ratio | goal | met |', '|---|---|---|---|---|---|', ...lines].join('\n');
}

function page(rows: readonly Row[], rounds: number): string {
  const cpu = cpus();
  return `<!-- Written by \`npm run bench -- --write\`. -->

# Performance

Medians of ${rounds} interleaved rounds (of what may never be above a bound, the highest) on ${cpu.length} × ${cpu[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}. Each measurement is a
process of its own; the servers are others. Times of one machine mean little: look at the ratios, whose two sides were
measured in the same run. The generated cluster has pods of about 9 kB, as many events, a tenth as many Deployments,
ReplicaSets and Services, and 100 nodes.

${table(rows)}

- **The floor** GETs the same lists in pages of 500 and drops the bytes.
- **The peer** is \`@kubernetes/client-node\` 2.0.1: its typed lists feeding the same rules, and its informer.
- **The floor of a durable write** is a disk that may say "written" from a cache: the faster it says so, the more of an
  approval is our own work, and the lower its ratio.
- **A flood** is carried, and caused, by the same few cores that serve the customer beside it. Linux shares them between
  sessions (or control groups, such as pods) first, and niceness counts inside of one alone; a bot that is to keep its pace
  there needs the CPU request of its chart.
- **What may never be above a bound** is one number of all rounds: one long pause of the machine in half an hour is seen in it.
`;
}

const all = [
  ...[...comparisons, ...storeComparisons, ...botStoreComparisons, ...agentComparisons].map(seriesOf),
  auditSeries,
  ...botSeries,
  ...extensionSeries(),
  ...(await localComparisons()).map(seriesOf),
];
const chosen = all.filter(({ what }) => what.includes(values.only));
if (chosen.length === 0) refuse(`No figure has "${values.only}" in its name.`, command);
const rows: Row[] = [];
for (const series of chosen) {
  // One that cannot be measured takes nothing of what the others gave.
  rows.push(...(await run(series, rounds).catch((error: unknown) => unmeasured(series, error))));
}
process.stdout.write(`${table(rows)}\n`);
if (values.write) writeFileSync(join(import.meta.dirname, '..', '..', 'docs', 'performance.md'), page(rows, rounds));
process.exitCode = rows.some((row) => row.met === 'no') ? 1 : 0;
