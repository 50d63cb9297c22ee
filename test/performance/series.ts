import type { Comparison } from './comparisons.ts';

export type Figures = Readonly<Record<string, number>>;

/** A row of the table: one figure of a run, against the peer's of the same name, or against a bound in its own unit. */
export interface SeriesRow extends Pick<Comparison, 'what' | 'goal'> {
  readonly unit: Comparison['unit'] | 's' | '';
  readonly figure: string;
  /** It stands for itself, though there is a peer. */
  readonly isAlone?: boolean;
  /** What may never be above its bound is the highest of all rounds, and no median of them. */
  readonly isHighest?: boolean;
}

/** What all rounds of a series use. */
export interface Begun {
  readonly measure: () => Promise<Figures>;
  readonly measurePeer?: () => Promise<Figures>;
  readonly end: () => Promise<void>;
}

/** Many figures of one run: what it takes to begin is paid once for all of them. */
export interface Series {
  readonly what: string;
  /** Where a round takes long: no more than so many, whatever is asked for. */
  readonly mostRounds?: number;
  readonly peer?: string;
  readonly begin: () => Promise<Begun>;
  readonly rows: readonly SeriesRow[];
}

/** A comparison as a series of one row. */
export function seriesOf({ what, unit, goal, prepare, measure, peer }: Comparison): Series {
  return {
    what,
    ...(peer === undefined ? {} : { peer: peer.name }),
    rows: [{ what, unit, figure: 'value', ...(goal === undefined ? {} : { goal }) }],
    begin: async () => {
      const prepared = await prepare();
      return {
        measure: async () => ({ value: await measure(prepared) }),
        ...(peer === undefined ? {} : { measurePeer: async () => ({ value: await peer.measure(prepared) }) }),
        end: async () => {
          await prepared.stop();
        },
      };
    },
  };
}

/** The value below which a share of all lies, by the nearest rank. `share` from 0 to 1; of nothing, NaN. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
