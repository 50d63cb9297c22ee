import type { Change } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { asLinked, refusalOfApprover, rulesFor } from '../approving/approver.ts';
import { changeDigest } from '../simulating/digest.ts';
import { isDue } from '../approving/expire.ts';
import { missingYeses } from '../policy/demands.ts';
import { differencesSince } from '../simulating/recheck.ts';
import { timeOf } from '../surroundings.ts';
import { scopeOf, scopeToSee, seenBefore } from './findings.ts';
import { record } from './run.ts';
import type { ExecutionDesk, Run } from './run.ts';

/** A yes counts while the one who gave it may still give it. */
async function lostApproval(change: Change, { store, rules }: ExecutionDesk): Promise<string | undefined> {
  const requester = await asLinked(change.requester, store.people);
  const approvers = await Promise.all(change.approvals.map(async ({ actor }) => await asLinked(actor, store.people)));
  for (const approver of approvers) {
    const own = await rulesFor(approver, rules, store.people);
    const refused = refusalOfApprover({ ...change, approvals: [] }, approver, requester, own);
    if (refused !== undefined) return `The yes of ${approver.name} no longer counts: ${refused}`;
  }
  const open = change.decision === undefined ? ['Nobody has decided.'] : missingYeses(change.decision, approvers);
  return open.length === 0 ? undefined : open.join(' ');
}

function tampered(change: Change, { digest }: ExecutionDesk): string | undefined {
  const { decision } = change;
  const bound = decision === undefined ? '' : changeDigest(change, decision, digest);
  const all = [change.digest, ...change.approvals.map((approval) => approval.digest)];
  return all.every((other) => other === bound) ? undefined : 'What is stored is not what was agreed to.';
}

async function obstacles(change: Change, run: Run): Promise<readonly string[]> {
  const { desk, watchman } = run;
  const found = tampered(change, desk) ?? (await lostApproval(change, desk));
  return found === undefined ? await differencesSince(change, desk, watchman.signal) : [found];
}

/**
 * Begins an approved change, if everything still is as it was agreed to. Otherwise the change ends here, with nothing
 * done, and `change.stale` is thrown.
 */
export async function begin(run: Run): Promise<void> {
  const { change } = run.recorded;
  const { clock, diagnose, holder } = run.desk;
  if (isDue(change, clock.now())) {
    await record(run, [{ type: 'expired', time: timeOf(clock) }]);
    return;
  }
  const different = await obstacles(change, run);
  if (different.length > 0) {
    const says = `Nothing was changed: ${different.join(' ')}`;
    if (!(await record(run, [{ type: 'failed', time: timeOf(clock), says }]))) return;
    throw new AutoDevOpsError(
      'change.stale',
      `${run.id} is no longer what was agreed to. ${different.join(' ')}`,
      'Propose it again.',
    );
  }
  const scope = scopeOf(change.plan);
  const before = seenBefore(
    await diagnose(scopeToSee(change.plan, change.reason.finding), { signal: run.watchman.signal }),
    scope,
  );
  await run.watchman.check();
  await record(run, [{ type: 'execution-began', time: timeOf(clock), holder, fence: run.lease.fence, before }]);
}
