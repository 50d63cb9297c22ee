import type { TimelineRow } from '@autodevops/domain/incident/incident';

/** Rows that stand in one line: a single one, or so many notices of one source that follow each other. */
export type TimelineEntry = readonly [first: TimelineRow, ...more: TimelineRow[]];

/** Fewer are told one by one. */
const fewestTogether = 5;

export function isNotice([{ type }]: TimelineEntry): boolean {
  return type === 'alerts-told';
}

function runsOf(timeline: readonly TimelineRow[]): readonly TimelineEntry[] {
  const runs: [TimelineRow, ...TimelineRow[]][] = [];
  for (const row of timeline) {
    const last = runs.at(-1);
    if (last !== undefined && isNotice([row]) && isNotice(last) && last[0].source === row.source) last.push(row);
    else runs.push([row]);
  }
  return runs;
}

/** A storm tells of itself in many notices, which say much the same: of those in a row the first and the last are enough. */
export function entriesOf(timeline: readonly TimelineRow[]): readonly TimelineEntry[] {
  return runsOf(timeline).flatMap((run) =>
    run.length < fewestTogether ? run.map((row): TimelineEntry => [row]) : [run],
  );
}
