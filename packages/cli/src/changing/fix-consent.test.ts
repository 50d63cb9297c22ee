import { describe, expect, it } from 'vitest';
import type { AgentClient } from '@autodevops/agentd/client';
import type { Change } from '@autodevops/domain/change/change';
import type { Tier } from '@autodevops/domain/change/decision';
import type { Plan } from '@autodevops/domain/change/plan';
import { exampleDecision, examplePlan, waitingChange } from '../render/testing/example-change.ts';
import { problem } from '../render/testing/example-diagnosis.ts';
import { fakeSurroundings } from '../testing/fake-surroundings.ts';
import { fixCause } from './fix.ts';
import type { Fixed } from './fix.ts';
import type { Fixable } from './fixable.ts';

const [cause] = problem.causes;
if (cause === undefined) throw new Error('the example has a cause');
const [action] = examplePlan.actions;
if (action === undefined) throw new Error('the example has an action');
const fixable: Fixable = { cause, proposals: [action.request], open: [], manual: [] };

interface Scene {
  readonly tier: Tier;
  readonly mode?: 'local' | 'cloud';
  readonly yes?: boolean;
  /** What the person types; undefined where nobody sits there. */
  readonly answers?: readonly string[];
  /** What is planned when it is proposed; as rehearsed when absent. */
  readonly plannedThen?: Plan;
}

/** An agent that answers from a script and writes down what it was asked to do. */
async function fix({
  tier,
  mode = 'local',
  yes = false,
  answers,
  plannedThen = examplePlan,
}: Scene): Promise<{ readonly fixed: Fixed; readonly did: readonly string[]; readonly asked: readonly string[] }> {
  const did: string[] = [];
  const asked: string[] = [];
  const given = [...(answers ?? [])];
  const decision = { ...exampleDecision, tier };
  const change = (state: Change['state']): Change => ({ ...waitingChange, state, plan: plannedThen, decision });
  const noted =
    <T>(what: string, answer: T) =>
    () => {
      did.push(what);
      return Promise.resolve(answer);
    };
  const client = {
    explainDecision: () => Promise.resolve({ plan: examplePlan, decision, rules: [] }),
    cluster: () => Promise.resolve({ name: 'tiny', mode }),
    propose: noted('propose', change(tier === 'auto' ? 'approved' : 'waiting')),
    approve: noted('approve', change('approved')),
    cancel: noted('cancel', change('cancelled')),
    watchChange: async function* watch() {
      yield { id: '9', event: change('succeeded') };
    },
  } as unknown as AgentClient;
  const { surroundings } = fakeSurroundings({
    canAsk: answers !== undefined,
    question: (text) => {
      asked.push(text.trim());
      return Promise.resolve(given.shift());
    },
  });
  const look = { columns: 100, rows: undefined, colour: false, unicode: true };
  const fixed = await fixCause(fixable, fixable.proposals, {
    door: { client, where: 'running', close: () => Promise.resolve() },
    surroundings,
    signal: new AbortController().signal,
    view: { look, everything: false, now: '2026-01-01T12:00:00Z' },
    shows: true,
    yes,
    flags: '',
  });
  return { fixed, did, asked };
}

describe('whether a fix is done', () => {
  const cases: readonly (readonly [
    says: string,
    scene: Scene,
    outcome: Fixed['outcome'],
    did: readonly string[],
    asked: number,
  ])[] = [
    ['unasked where the policy allows it and --yes is given', { tier: 'auto', yes: true }, 'done', ['propose'], 0],
    ['not without --yes where nobody can be asked, though the policy allows it', { tier: 'auto' }, 'needs-yes', [], 0],
    [
      'after a yes on a terminal, though the policy would allow it unasked',
      { tier: 'auto', answers: ['y'] },
      'done',
      ['propose'],
      1,
    ],
    ['not after a no, and then nothing is proposed', { tier: 'auto', answers: ['n'] }, 'declined', [], 1],
    [
      'after the yes of the one person of a laptop',
      { tier: 'one', answers: ['YES'] },
      'done',
      ['propose', 'approve'],
      1,
    ],
    [
      'not by --yes where the policy wants a person: it still asks',
      { tier: 'one', yes: true, answers: ['n'] },
      'declined',
      [],
      1,
    ],
    ['not by --yes where nobody can be asked: it is proposed', { tier: 'one', yes: true }, 'proposed', ['propose'], 0],
    ['not by one person where two have to agree', { tier: 'two', answers: ['y'] }, 'proposed', ['propose'], 1],
    ['not by who asks in the cloud', { tier: 'one', mode: 'cloud', answers: ['y'] }, 'proposed', ['propose'], 1],
    ['never where the policy forbids it', { tier: 'forbidden', yes: true, answers: ['y'] }, 'forbidden', [], 0],
  ];
  it.each(cases)('%s', async (_says, scene, outcome, did, asked) => {
    const done = await fix(scene);
    expect({ outcome: done.fixed.outcome, did: done.did, asked: done.asked.length }).toEqual({ outcome, did, asked });
  });

  it('only after another yes, where the plan is not what was shown', async () => {
    const plannedThen = { ...examplePlan, diff: examplePlan.diff.slice(1) };
    expect(await fix({ tier: 'one', answers: ['y', 'n'], plannedThen })).toMatchObject({
      did: ['propose', 'cancel'],
      fixed: { change: { state: 'cancelled' } },
    });
    expect(await fix({ tier: 'one', answers: ['y', 'y'], plannedThen })).toMatchObject({
      did: ['propose', 'approve'],
      fixed: { outcome: 'done' },
    });
  });
});
