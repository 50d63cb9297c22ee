import { tiers } from '@autodevops/domain/change/decision';
import type { Decision, Tier } from '@autodevops/domain/change/decision';
import { decide } from '../decide.ts';
import { lastOf, recentChange } from './history.ts';
import type { ChangeJournal } from './history.ts';
import type { PolicyInForce } from '../policy-version.ts';
import type { Circumstances, History, Question, RecentChange } from '../question.ts';

/** A change that was decided once: the question as it was then, and what was said. */
export interface PastChange {
  readonly id: string;
  readonly question: Question;
  readonly circumstances: Circumstances;
  readonly decision: Pick<Decision, 'tier' | 'policyVersion'>;
}

export interface SimulatedChange {
  readonly id: string;
  readonly was: Tier;
  readonly wouldBe: Tier;
  readonly direction: 'looser' | 'stricter';
  /** Who would say so, strictest first. */
  readonly decision: Decision;
}

export interface Simulation {
  readonly changes: number;
  readonly same: number;
  /** Looser ones first, then in order of time. */
  readonly different: readonly SimulatedChange[];
}

const day = 86_400_000;

interface Timed {
  readonly at: number;
  readonly change: RecentChange;
}

/** The first place in a sorted list whose time is not before this one. */
function placeOf(sorted: readonly Timed[], time: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.at ?? Number.POSITIVE_INFINITY) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function historyBefore(now: number, sorted: readonly Timed[]): History {
  const from = now - day;
  return {
    since: new Date(from).toISOString(),
    changes: sorted.slice(placeOf(sorted, from), placeOf(sorted, now)).map(({ change }) => change),
  };
}

function timed(journals: readonly ChangeJournal[]): readonly Timed[] {
  const all = journals.flatMap((journal): readonly Timed[] => {
    const change = recentChange(journal);
    return change === undefined ? [] : [{ at: Date.parse(change.time), change }];
  });
  return all.toSorted((a, b) => a.at - b.at);
}

/**
 * The past as its journals tell it. What they do not hold (kill switch, broken glass) is taken as quiet, so that the
 * policies are compared and not the days. Journals that were never decided are left out.
 */
export function pastChanges(
  journals: readonly ChangeJournal[],
  setting: Pick<Circumstances, 'mode' | 'self'> & { readonly environment: string },
): readonly PastChange[] {
  const sorted = timed(journals);
  return journals.flatMap(({ id, events }): readonly PastChange[] => {
    const proposed = lastOf(events, 'proposed');
    const decided = lastOf(events, 'decided');
    if (proposed === undefined || decided === undefined) return [];
    const now = Date.parse(decided.time);
    const {
      plan: { actions, facts },
      requester,
      reason,
    } = proposed;
    return [
      {
        id,
        question: { actions, facts, requester, reason, environment: setting.environment },
        circumstances: {
          mode: setting.mode,
          self: setting.self,
          now,
          earliest: now,
          auditWritable: true,
          killSwitch: false,
          history: historyBefore(now, sorted),
        },
        decision: decided.decision,
      },
    ];
  });
}

/** Which of the past changes another policy would have decided otherwise, and how. */
export function simulatePolicy(inForce: PolicyInForce, past: readonly PastChange[]): Simulation {
  const different = past.flatMap(
    ({ id, question, circumstances, decision: { tier: was } }): readonly SimulatedChange[] => {
      const decision = decide(question, inForce, circumstances);
      if (decision.tier === was) return [];
      return [
        {
          id,
          was,
          wouldBe: decision.tier,
          direction: tiers.indexOf(decision.tier) < tiers.indexOf(was) ? 'looser' : 'stricter',
          decision,
        },
      ];
    },
  );
  const looser = different.filter(({ direction }) => direction === 'looser');
  return {
    changes: past.length,
    same: past.length - different.length,
    different: [...looser, ...different.filter(({ direction }) => direction === 'stricter')],
  };
}
