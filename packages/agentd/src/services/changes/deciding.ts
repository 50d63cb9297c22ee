import { brokenNow, glassRecord } from '@autodevops/agent-core/changes/governing/glass-record';
import { historySince } from '@autodevops/agent-core/changes/journal/history';
import { killSwitch } from '@autodevops/agent-core/changes/governing/kill-switch';
import type { Decide } from '@autodevops/agent-core/changes/surroundings';
import type { BoundedClock } from '@autodevops/agent-core/changes/surroundings';
import { decide, decideInShadow } from '@autodevops/agent-core/policy/decide';
import type { PolicyInForce } from '@autodevops/agent-core/policy/policy-version';
import type { Circumstances, Self } from '@autodevops/agent-core/policy/question';
import type { Store } from '@autodevops/domain/ports/store';

export interface DecidingChoice {
  readonly store: Pick<Store, 'changes' | 'settings' | 'audit'>;
  readonly inForce: PolicyInForce;
  /** Asked beside it; absent: none is on trial. */
  readonly onTrial?: PolicyInForce;
  readonly mode: 'local' | 'cloud';
  /** Name of the environment that the whole cluster is; empty: the policy's patterns of namespaces say. */
  readonly environment: string;
  /** What the agent itself stands on, as it is now. */
  readonly self: () => Promise<Self>;
  readonly clock: Pick<BoundedClock, 'now' | 'earliest'>;
}

/** Budgets count a day back. */
const day = 86_400_000;
/** What cannot be found out is left out, and what is left out never loosens. */
async function ifKnown<T>(find: () => Promise<T>): Promise<T | undefined> {
  return await find().catch(() => undefined);
}

export async function circumstances(choice: DecidingChoice, without: string): Promise<Circumstances> {
  const { store, clock } = choice;
  const [now, earliest] = [clock.now(), clock.earliest()];
  const [self, history, stopped, head, glass] = await Promise.all([
    choice.self(),
    ifKnown(() => historySince(store.changes, new Date(earliest - day).toISOString(), without)),
    ifKnown(() => killSwitch(store.settings)),
    ifKnown(() => store.audit.head()),
    ifKnown(async () => brokenNow(await glassRecord(store.settings), now)),
  ]);
  return {
    mode: choice.mode,
    now,
    earliest,
    self,
    auditWritable: head !== undefined,
    killSwitch: stopped?.on ?? true,
    ...(history === undefined ? {} : { history }),
    ...(glass === undefined ? {} : { brokenGlass: glass }),
  };
}

/** The policy in force, asked with what is known at this moment, and beside it the one on trial. */
export function deciding(choice: DecidingChoice): Decide {
  const { inForce, onTrial, environment } = choice;
  return async (question, changeId) => {
    const known = await circumstances(choice, changeId);
    const asked = { ...question, environment };
    return onTrial === undefined ? decide(asked, inForce, known) : decideInShadow(asked, inForce, onTrial, known);
  };
}
