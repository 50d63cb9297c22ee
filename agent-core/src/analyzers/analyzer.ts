import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';

/**
 * One problem area, in one folder: this, its codes, its test and its fixtures. Pure: a snapshot in, findings out, no
 * clock but `snapshot.now`, no I/O. It concludes from what it sees and, where it concludes from an absence, asks
 * `snapshot.saw` first. It must not throw on odd objects; if it does, the answer says that it did not look.
 */
export interface Analyzer {
  /** The folder's name. */
  readonly name: string;
  /** Every code that it may report. */
  readonly codes: readonly CodeEntry[];
  readonly analyze: (snapshot: Snapshot) => readonly Finding[];
}
