import type { AgentClient } from '@autodevops/agentd/client';
import { finalStates } from '@autodevops/domain/change/change';
import type { Change } from '@autodevops/domain/change/change';
import type { Decision } from '@autodevops/domain/change/decision';
import type { ActionRequest, Plan } from '@autodevops/domain/change/plan';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { refText } from '@autodevops/domain/object-ref';
import { oneLine, printable } from '@autodevops/domain/printable';
import { aloneHint, essence, isOwnYesEnough } from '../changes/agreement.ts';
import { followChange } from '../changes/follow-change.ts';
import { lastUndoable } from '../changes/change-nodes.ts';
import { changeText, decisionReason, decisionSentence, reachLines, rehearsalText } from '../documents/change-text.ts';
import { differenceDocuments } from '../documents/difference.ts';
import { t } from '../language/translate.ts';
import { isFixable } from '../problems/problem-nodes.ts';
import type { WindowParts } from '../window-parts.ts';
import { askParameters } from './ask-parameters.ts';
import type { OpenRequest } from './ask-parameters.ts';
import { chooseCause } from './choose-cause.ts';
import { chooseChange } from './choose-change.ts';
import type { CommandHandler } from './command.ts';
import { requireOpen } from './require-open.ts';

type Fixes = Awaited<ReturnType<AgentClient['fixes']>>['fixes'];
type Proposal = NonNullable<Parameters<AgentClient['propose']>[0]['body']>;

interface Rehearsed {
  readonly body: Proposal;
  readonly plan: Plan;
  readonly decision: Decision;
}

function detailOf(plan: Plan, decision: Decision, warnings: readonly string[] = []): string {
  return [
    ...plan.actions.map(({ sentences }) => sentences.will),
    ...(warnings.length === 0 ? [] : ['', ...warnings]),
    '',
    ...reachLines(plan.facts, 'ahead'),
    '',
    decisionReason(decision),
  ]
    .map((line) => oneLine(line, 300))
    .join('\n');
}

async function showDifference(
  { documents }: Pick<WindowParts, 'documents'>,
  id: string,
  plan: Plan,
  title: string,
): Promise<void> {
  const { before, after } = differenceDocuments(id, plan.diff);
  await documents.compare(before, after, title);
}

/** Tells how it ended: a person is interrupted only where it did not end well. */
async function tellEnd(parts: WindowParts, change: Change): Promise<void> {
  if (change.state === 'succeeded' || change.state === 'undone') return parts.people.whisper(printable(change.says));
  if (change.state === 'waiting') return parts.people.whisper(t('It waits for a yes: {0}', printable(change.says)));
  const show = t('Show Change');
  if ((await parts.people.tell('warning', printable(change.says), [show])) === show) {
    await parts.documents.show({ path: `changes/${change.id}.txt`, language: 'autodevops', text: changeText(change) });
  }
}

/** Follows it in the view, to its end. */
async function carryOut(parts: WindowParts, client: AgentClient, id: string, title: string): Promise<void> {
  parts.changes.follow();
  await tellEnd(
    parts,
    await parts.people.during(
      'changes',
      title,
      async ({ tell, signal }) => await followChange(client, id, tell, signal),
    ),
  );
}

/** What can be done as it is, then what waits for something that only a person knows. */
async function chooseRequest(
  { people }: WindowParts,
  { proposals, open }: Fixes[number],
): Promise<ActionRequest | undefined> {
  const ways: readonly OpenRequest[] = [...proposals.map((request) => ({ request, asks: [] })), ...open];
  const way =
    ways.length === 1
      ? ways[0]
      : await people.pick(
          ways.map((one) => ({
            label: one.request.action,
            description: oneLine(refText(one.request.target), 120),
            value: one,
            detail:
              one.asks.length === 0
                ? oneLine(JSON.stringify(one.request.params), 160)
                : t('asks for {0}', oneLine(one.asks.join(', '), 120)),
          })),
          { title: t('Propose Fix') },
        );
  return way === undefined ? undefined : await askParameters(people, way);
}

async function rehearse(parts: WindowParts, client: AgentClient, body: Proposal): Promise<Rehearsed> {
  return await parts.people.during('changes', t('Rehearsing'), async ({ signal }) => ({
    body,
    ...(await client.explainDecision({ body }, { signal })),
  }));
}

async function proposeAndAgree(
  parts: WindowParts,
  client: AgentClient,
  rehearsed: Rehearsed,
  warnings: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { body, plan, decision } = rehearsed;
  const own = await isOwnYesEnough(client, decision, signal);
  const doesIt = own || decision.tier === 'auto';
  const hint = await aloneHint(client, decision, signal);
  const said = detailOf(plan, decision, warnings);
  const yes = await parts.people.confirm(doesIt ? t('Apply this change?') : t('Propose this change?'), {
    detail: hint === '' ? said : `${said}\n${hint}`,
    yes: doesIt ? t('Apply') : t('Ask for Approval'),
  });
  if (!yes) return;
  const proposed = await client.propose({ body }, { signal });
  if (proposed.state !== 'waiting' || !own) return await carryOut(parts, client, proposed.id, t('Applying'));
  await agreeTo(parts, client, proposed, essence(plan, decision.tier), signal);
}

/** Says yes if it is still what was shown; shows it again where it is not. */
async function agreeTo(
  parts: WindowParts,
  client: AgentClient,
  change: Change,
  shown: string,
  signal: AbortSignal,
): Promise<void> {
  const { id, plan, decision, digest } = change;
  if (decision !== undefined && essence(plan, decision.tier) !== shown) {
    await showDifference(parts, id, plan, t('What would be done now'));
    const yes = await parts.people.confirm(t('The cluster has changed meanwhile. Apply what would be done now?'), {
      detail: detailOf(plan, decision),
      yes: t('Apply'),
    });
    if (!yes) {
      await client.cancel({ params: { id }, body: { why: t('It was not what had been shown.') } }, { signal });
      return;
    }
  }
  await client.approve({ params: { id }, body: { digest } }, { signal });
  await carryOut(parts, client, id, t('Applying'));
}

/** Rehearses on the server, shows what would differ and who has to agree, with what else there is to know (`warnings`), and has it done if the person wants that and the policy lets it. */
export async function rehearseAndAgree(
  parts: WindowParts,
  client: AgentClient,
  body: Proposal,
  shown: { readonly id: string; readonly title: string; readonly warnings?: readonly string[] },
  signal: AbortSignal,
): Promise<void> {
  const rehearsed = await rehearse(parts, client, body);
  await showDifference(parts, shown.id, rehearsed.plan, shown.title);
  if (rehearsed.decision.tier !== 'forbidden') {
    return await proposeAndAgree(parts, client, rehearsed, shown.warnings ?? [], signal);
  }
  await parts.documents.show({
    path: `changes/${shown.id}.txt`,
    language: 'autodevops',
    text: rehearsalText(rehearsed.plan, rehearsed.decision),
  });
  throw new AutoDevOpsError(
    'change.refused',
    decisionSentence(rehearsed.decision),
    rehearsed.decision.voices[0]?.why ?? '',
  );
}

/** Shows what would help a cause, and has it done if the person wants that and the policy lets it. */
export const proposeFix: CommandHandler = async (parts, argument, signal) => {
  requireOpen(parts);
  const cause = await chooseCause(parts, argument, t('Propose Fix'), signal, isFixable);
  if (cause === undefined) return;
  const { code, object } = cause;
  const client = await parts.client(signal);
  const { fixes } = await parts.people.during(
    'changes',
    t('Looking for what would help'),
    async ({ signal: asked }) =>
      await client.fixes(
        { body: object.namespace === '' ? {} : { namespaces: [object.namespace] } },
        { signal: asked },
      ),
  );
  const fix = fixes.find(
    (one) =>
      one.cause.code === code &&
      one.cause.object.kind === object.kind &&
      one.cause.object.name === object.name &&
      one.cause.object.namespace === object.namespace,
  );
  if (fix === undefined) {
    throw new AutoDevOpsError(
      'change.stale',
      t('It is not diagnosed any more: the cluster has changed.'),
      t('Look again.'),
    );
  }
  if (fix.proposals.length + fix.open.length === 0) {
    throw new AutoDevOpsError(
      'change.refused',
      t('No action of the catalogue would help; a person has to do it.'),
      fix.manual.join(' '),
    );
  }
  const request = await chooseRequest(parts, fix);
  if (request === undefined) return;
  const finding = { code, kind: object.kind, namespace: object.namespace, name: object.name };
  const body = { requests: [request], reason: oneLine(cause.cause, 500), finding };
  await rehearseAndAgree(
    parts,
    client,
    body,
    { id: `fix-${object.name}`, title: t('{0}: live and proposed', oneLine(refText(object), 100)) },
    signal,
  );
};

async function shownChange(
  parts: WindowParts,
  id: string,
  signal: AbortSignal,
): Promise<{ readonly client: AgentClient; readonly change: Change }> {
  const client = await parts.client(signal);
  const change = await client.change({ params: { id } }, { signal });
  await showDifference(parts, id, change.plan, t('{0}: live and proposed', id));
  return { client, change };
}

/** A yes is to exactly what was shown: the digest of that is sent. */
export const approveChange: CommandHandler = async (parts, argument, signal) => {
  requireOpen(parts);
  const id = await chooseChange(parts, argument, t('Approve Change'), signal, ['waiting']);
  if (id === undefined) return;
  const { client, change } = await shownChange(parts, id, signal);
  if (change.decision === undefined) {
    throw new AutoDevOpsError('change.wrong-state', t('Nothing is decided about it yet.'), t('Try again in a moment.'));
  }
  const asked = t('{0} asks for it: {1}', printable(change.requester.name), printable(change.reason.text));
  const yes = await parts.people.confirm(t('Approve this change?'), {
    detail: `${asked}\n\n${detailOf(change.plan, change.decision)}`,
    yes: t('Approve'),
  });
  if (!yes) return;
  await client.approve({ params: { id }, body: { digest: change.digest } }, { signal });
  await carryOut(parts, client, id, t('Applying'));
};

/** Carries out what was agreed to; what still waits is approved first. */
export const applyChange: CommandHandler = async (parts, argument, signal) => {
  requireOpen(parts);
  const id = await chooseChange(parts, argument, t('Apply Change'), signal, [
    'waiting',
    'approved',
    'executing',
    'verifying',
  ]);
  if (id === undefined) return;
  const client = await parts.client(signal);
  const { state } = await client.change({ params: { id } }, { signal });
  if (state === 'waiting') return await approveChange(parts, { type: 'change', id }, signal);
  await client.run({ params: { id } }, { signal });
  await carryOut(parts, client, id, t('Applying'));
};

async function reasonFor({ people }: WindowParts, title: string): Promise<string | undefined> {
  const why = await people.enter({
    title,
    prompt: t('Why? Others will read it.'),
    check: (text) => (text.trim() === '' ? t('A reason is needed.') : undefined),
  });
  return why?.trim();
}

export const rejectChange: CommandHandler = async (parts, argument, signal) => {
  const id = await chooseChange(parts, argument, t('Reject Change'), signal, ['waiting']);
  const why = id === undefined ? undefined : await reasonFor(parts, t('Reject Change'));
  if (id === undefined || why === undefined) return;
  const { says } = await (await parts.client(signal)).reject({ params: { id }, body: { why } }, { signal });
  parts.people.whisper(printable(says));
};

export const cancelChange: CommandHandler = async (parts, argument, signal) => {
  const id = await chooseChange(parts, argument, t('Cancel Change'), signal, [
    'proposed',
    'waiting',
    'approved',
    'executing',
    'verifying',
  ]);
  const why = id === undefined ? undefined : await reasonFor(parts, t('Cancel Change'));
  if (id === undefined || why === undefined) return;
  const { says } = await (await parts.client(signal)).cancel({ params: { id }, body: { why } }, { signal });
  parts.people.whisper(printable(says));
};

async function undo(parts: WindowParts, id: string, signal: AbortSignal): Promise<void> {
  const client = await parts.client(signal);
  const { plan, state } = await client.change({ params: { id } }, { signal });
  const back = plan.actions.map(({ sentences, undo: way }) => oneLine(`${sentences.done} ${way.why}`, 300));
  const who = finalStates.includes(state)
    ? ['', t('That is a change of its own: who has to agree is decided anew, as the cluster is now.')]
    : [];
  const yes = await parts.people.confirm(t('Take this change back?'), {
    detail: [...back, ...who].join('\n'),
    yes: t('Undo'),
  });
  if (!yes) return;
  const taken = await client.undo({ params: { id }, body: { why: t('Taken back from the editor.') } }, { signal });
  // What ended already is taken back by a change of its own, which somebody may have to agree to.
  if (taken.id !== id && taken.state === 'waiting' && taken.decision !== undefined) {
    if (await isOwnYesEnough(client, taken.decision, signal)) {
      await showDifference(parts, taken.id, taken.plan, t('What would be taken back'));
      return await agreeTo(parts, client, taken, essence(taken.plan, taken.decision.tier), signal);
    }
    void parts.people.tell('information', oneLine(decisionReason(taken.decision), 300));
  }
  await carryOut(parts, client, taken.id, t('Taking it back'));
}

export const undoChange: CommandHandler = async (parts, argument, signal) => {
  requireOpen(parts);
  const id = await chooseChange(parts, argument, t('Undo Change'), signal, ['succeeded', 'executing', 'verifying']);
  if (id !== undefined) await undo(parts, id, signal);
};

export const undoLastChange: CommandHandler = async (parts, _argument, signal) => {
  requireOpen(parts);
  const { changes } = await (await parts.client(signal)).changes({ query: { limit: 100 } }, { signal });
  const last = lastUndoable(changes);
  if (last === undefined) {
    throw new AutoDevOpsError('usage', t('There is no change that could be taken back.'), t('See the view Changes.'));
  }
  await undo(parts, last.id, signal);
};

export const showChange: CommandHandler = async (parts, argument, signal) => {
  const id = await chooseChange(parts, argument, t('Show Change'), signal);
  if (id === undefined) return;
  const change = await (await parts.client(signal)).change({ params: { id } }, { signal });
  await parts.documents.show({ path: `changes/${id}.txt`, language: 'autodevops', text: changeText(change) });
};

export const showChangeDifference: CommandHandler = async (parts, argument, signal) => {
  const id = await chooseChange(parts, argument, t('Show Difference'), signal);
  if (id !== undefined) await shownChange(parts, id, signal);
};
