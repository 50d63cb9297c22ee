import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Change } from '@autodevops/domain/change/change';
import type { Decision } from '@autodevops/domain/change/decision';
import type { Plan } from '@autodevops/domain/change/plan';
import { isUnplannable } from '@autodevops/domain/change/unplannable';
import type { AgentDoor } from '../agent-door/agent-door.ts';
import type { CommandRun } from '../command.ts';
import { renderChange } from '../render/change-text.ts';
import { askYes } from './ask-yes.ts';
import { fixText } from './fix-text.ts';
import type { FixView } from './fix-text.ts';
import { proposalFor } from './fixable.ts';
import type { ActionRequest, Fixable, ProposalBody, Rehearsal } from './fixable.ts';
import { followChange } from './follow-change.ts';

export interface FixRun extends Pick<CommandRun<unknown>, 'surroundings' | 'signal'> {
  readonly door: AgentDoor;
  readonly view: FixView;
  /** Text is shown; otherwise nothing is said before the end. */
  readonly shows: boolean;
  /** The cause was shown before. */
  readonly knowsCause?: boolean;
  readonly yes: boolean;
  /** How else this agent is called: ` --context dev`. */
  readonly flags: string;
}

/** What came of it. `declined`: the person said no, and nothing was proposed. */
export interface Fixed {
  readonly outcome: 'done' | 'proposed' | 'declined' | 'forbidden' | 'needs-yes';
  readonly fixable: Fixable;
  readonly rehearsal: Rehearsal;
  readonly change?: Change;
}

function write({ surroundings, shows }: FixRun, text: string): void {
  if (shows) surroundings.stdout.write(text);
}

/** What was shown, as far as a yes depends on it: what the server would change, and who has to agree. */
function essence(plan: Plan, decision: Decision | undefined): string {
  return canonicalJson({
    will: plan.actions.map(({ sentences }) => sentences.will),
    diff: plan.diff,
    tier: decision?.tier ?? 'none',
  });
}

/** The first request that can be planned now, with its rehearsal. Throws what the last one was refused for. */
async function rehearse(
  fixable: Fixable,
  requests: readonly ActionRequest[],
  { door, signal }: FixRun,
): Promise<{ readonly body: ProposalBody; readonly rehearsal: Rehearsal; readonly others: readonly ActionRequest[] }> {
  let refusal: unknown;
  for (const [index, request] of requests.entries()) {
    const body = proposalFor(fixable, request);
    try {
      const rehearsal = await door.client.explainDecision({ body }, { signal });
      return { body, rehearsal, others: requests.slice(index + 1) };
    } catch (error) {
      if (!isUnplannable(error)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

async function isLocal({ door, signal }: FixRun): Promise<boolean> {
  return (await door.client.cluster({}, { signal })).mode === 'local';
}

function question({ tier }: Decision, alone: boolean): string {
  if (tier === 'auto' || alone) return '\nDo it?';
  return `\nPropose it? ${tier === 'two' ? 'Two other people have' : 'Another person has'} to agree before anything is done.`;
}

/** Agrees to a change that was proposed just now, if it still is what was shown; shows it again where it is not. */
async function agree(change: Change, shown: string, run: FixRun): Promise<Change> {
  const {
    door: { client },
    surroundings,
    signal,
    view,
  } = run;
  if (essence(change.plan, change.decision) !== shown) {
    write(
      run,
      `\nThe cluster has changed meanwhile; this is what would be done now:\n\n${renderChange(change, view.look, view)}`,
    );
    if (!(await askYes(surroundings, '\nDo it?', signal))) {
      return await client.cancel(
        { params: { id: change.id }, body: { why: 'It was not what had been shown.' } },
        { signal },
      );
    }
  }
  return await client.approve({ params: { id: change.id }, body: { digest: change.digest } }, { signal });
}

async function carryOut(change: Change, run: FixRun): Promise<Change> {
  const {
    door: { client },
    surroundings,
    signal,
    view: { look },
    shows,
  } = run;
  write(run, '\n');
  return await followChange(client, change.id, shows ? { surroundings, look } : undefined, signal);
}

/** Shows what would help one cause, asks, and has it done. Throws `change.refused` where no request can be planned. */
export async function fixCause(fixable: Fixable, requests: readonly ActionRequest[], run: FixRun): Promise<Fixed> {
  const {
    door: { client },
    surroundings,
    signal,
    view,
    yes,
  } = run;
  const { body, rehearsal, others } = await rehearse(fixable, requests, run);
  const { decision, plan } = rehearsal;
  const result = { fixable, rehearsal };
  write(
    run,
    fixText(
      {
        cause: run.knowsCause === true ? undefined : fixable.cause,
        rehearsal,
        others,
        open: fixable.open.filter(({ request }) => request.action !== body.requests[0]?.action),
      },
      view,
    ),
  );
  if (decision.tier === 'forbidden') return { ...result, outcome: 'forbidden' };
  const alone = decision.tier === 'one' && (await isLocal(run));
  const asks = surroundings.canAsk && run.shows && !(yes && decision.tier === 'auto');
  if (asks && !(await askYes(surroundings, question(decision, alone), signal))) {
    return { ...result, outcome: 'declined' };
  }
  if (!asks && decision.tier === 'auto' && !yes) return { ...result, outcome: 'needs-yes' };
  const proposed = await client.propose({ body }, { signal });
  if (proposed.state === 'waiting' && asks && alone) {
    const agreed = await agree(proposed, essence(plan, decision), run);
    return { ...result, outcome: 'done', change: agreed.state === 'cancelled' ? agreed : await carryOut(agreed, run) };
  }
  if (proposed.state === 'waiting') return { ...result, outcome: 'proposed', change: proposed };
  return { ...result, outcome: 'done', change: await carryOut(proposed, run) };
}
