import type { Change } from '@autodevops/domain/change/change';
import { tiers } from '@autodevops/domain/change/decision';
import { changeOf } from './change-state.ts';
import type { ChangeJournal } from './journal.ts';
import type { Outcome } from '../policy/trial/earned-autonomy.ts';

const page = 100;
/** Older ones are not looked at. */
const most = 2000;

/** How a policy on trial would have decided beside the one in force. */
export interface TrialRecord {
  readonly decisions: number;
  readonly stricter: number;
  readonly looser: number;
}

export interface TrackRecord {
  readonly outcomes: readonly Outcome[];
  readonly trial: TrialRecord;
}

export interface RecordWanted {
  /** ISO 8601. */
  readonly since: string;
  /** Version of the policy on trial; undefined: none is. */
  readonly onTrial: string | undefined;
}

async function* changesSince(journal: ChangeJournal, since: string): AsyncGenerator<Change> {
  for (let seen = 0, before: string | undefined; seen < most;) {
    const summaries = await journal.list({ limit: page, ...(before === undefined ? {} : { before }) });
    for (const { id } of summaries.filter(({ lastTime }) => Date.parse(lastTime) >= Date.parse(since))) {
      const change = changeOf(id, await journal.read(id));
      if (change !== undefined) yield change;
    }
    seen += summaries.length;
    before = summaries.at(-1)?.id;
    if (summaries.length < page || before === undefined) return;
  }
}

/** What became of a change that was carried out, or that people said no to; nothing where nothing was done. */
function outcomeOf({ state, steps, updatedAt }: Change): readonly Outcome[] {
  switch (state) {
    case 'succeeded':
    case 'undone':
    case 'unknown':
    case 'rejected':
      return [{ time: updatedAt, outcome: state }];
    case 'failed':
      return steps.length === 0 ? [] : [{ time: updatedAt, outcome: state }];
    default:
      return [];
  }
}

/** By how many tiers the policy on trial was stricter, if it was asked; below zero: looser. */
function trialOf({ decision }: Change, onTrial: string | undefined): readonly number[] {
  const shadow = decision?.shadow;
  if (decision === undefined || shadow === undefined || shadow.policyVersion !== onTrial) return [];
  return [tiers.indexOf(shadow.tier) - tiers.indexOf(decision.tier)];
}

/** What the journals say of how changes ended, and of a policy on trial. */
export async function trackRecord(journal: ChangeJournal, { since, onTrial }: RecordWanted): Promise<TrackRecord> {
  const outcomes: Outcome[] = [];
  const compared: number[] = [];
  for await (const change of changesSince(journal, since)) {
    outcomes.push(...outcomeOf(change));
    compared.push(...trialOf(change, onTrial));
  }
  return {
    outcomes,
    trial: {
      decisions: compared.length,
      stricter: compared.filter((by) => by > 0).length,
      looser: compared.filter((by) => by < 0).length,
    },
  };
}
