import { Automation } from '@autodevops/domain/change/automation';
import type { AutomationMemory, Deed } from '@autodevops/domain/change/automation';
import type { Actor } from '@autodevops/domain/change/actor';
import type { ChangeState } from '@autodevops/domain/change/change';
import type { Cause, Diagnosis, ProposedChange } from '@autodevops/domain/diagnosis';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import type { MemoryStore } from '@autodevops/testkit/memory-store';
import type { LastChange } from '../consider.ts';
import { runAutomations } from '../run-automations.ts';
import type { AutomationDesk, AutomationProposal, Round } from '../run-automations.ts';

export const noon = Date.parse('2026-01-01T12:00:00Z');
const agent: Actor = {
  kind: 'agent',
  account: 'agent:scarlet',
  person: '',
  name: 'Scarlet',
  roles: [],
  surface: 'agent',
};

export function ref(kind: string, name: string, namespace = 'shop'): ObjectRef {
  return {
    apiVersion: kind === 'Pod' || kind === 'Node' ? 'v1' : 'apps/v1',
    kind,
    namespace,
    name,
    uid: `uid-${name}`,
  };
}

export const web = ref('Deployment', 'web');

export function cause(code: string, changes: Partial<Cause> = {}): Cause {
  return {
    rank: 1,
    code,
    title: '',
    severity: 'critical',
    confidence: 'high',
    object: web,
    cause: '',
    since: '',
    began: '',
    impact: '',
    evidence: [],
    symptoms: [],
    nextSteps: [],
    avoid: [],
    changes: [],
    ...changes,
  };
}

export function proposal(
  action: string,
  params: ProposedChange['params'] = {},
  target: ObjectRef = web,
): ProposedChange {
  return { action, target, params, risk: 'low' };
}

export function diagnosis(causes: readonly Cause[], rest: Partial<Diagnosis> = {}): Diagnosis {
  return {
    schemaVersion: 1,
    verdict: 'problem',
    summary: '',
    blindSpots: [],
    causes: [...causes],
    information: [],
    suppressed: [],
    observed: {
      cluster: '',
      capturedAt: '',
      source: '',
      serverVersion: '',
      namespaces: [],
      objects: {},
      logs: 0,
      milliseconds: 0,
    },
    ...rest,
  };
}

export function automation(changes: Partial<Automation> = {}): Automation {
  return Automation.parse({
    id: 'undo',
    why: 'It is stuck.',
    when: { findings: ['stuck'], lasts: 60 },
    do: { take: 'proposal', action: 'rollout-undo' },
    limits: { perHour: 10, perTargetPerDay: 10 },
    breaker: { failures: 2, returns: 2, within: 3600, rest: 7200 },
    levels: ['development'],
    ...changes,
  });
}

export function deed(changes: Partial<Deed> = {}): Deed {
  return {
    automation: 'undo',
    finding: 'stuck Deployment/shop/web',
    since: '2026-01-01T11:00:00.000Z',
    target: 'Deployment/shop/web',
    time: new Date(noon).toISOString(),
    change: 'chg-1',
    outcome: 'succeeded',
    says: 'So.',
    ...changes,
  };
}

export function memory(changes: Partial<AutomationMemory> = {}): AutomationMemory {
  return { sightings: [], deeds: [], resting: [], ...changes };
}

/** Automations that look at one diagnosis after another, over what only says what it was asked. */
export interface AutomationScene {
  readonly store: MemoryStore;
  readonly proposals: AutomationProposal[];
  /** What became of each change, by id: set by the test. */
  readonly states: Map<string, ChangeState>;
  readonly lastChanges: Map<string, LastChange>;
  /** Lets so many seconds pass, then looks. */
  readonly look: (after: number, seen: Diagnosis) => Promise<Round>;
  /** Somebody sets the clock on the wall by so many seconds; the agent knows by what has passed. */
  readonly setClock: (seconds: number) => void;
}

export function automationScene(
  automations: readonly Automation[],
  changes: Partial<AutomationDesk> = {},
): AutomationScene {
  let now = noon;
  let passed = 5000;
  const began = now - passed;
  const store = createMemoryStore({ now: () => now });
  const proposals: AutomationProposal[] = [];
  const states = new Map<string, ChangeState>();
  const lastChanges = new Map<string, LastChange>();
  const desk: AutomationDesk = {
    store,
    clock: { now: () => now, earliest: () => Math.min(now, began + passed) },
    passed: () => passed,
    holder: 'one',
    agent,
    automations,
    level: 'development',
    propose: async (wanted) => {
      proposals.push(wanted);
      const id = `chg-${proposals.length}`;
      states.set(id, 'approved');
      return { id, state: 'approved', says: 'The policy lets it be done at once.' };
    },
    stateOf: async (id) => ({ state: states.get(id) ?? 'approved', says: `It is ${states.get(id) ?? 'approved'}.` }),
    lastChangeOf: async (target) => lastChanges.get(target),
    ...changes,
  };
  return {
    store,
    proposals,
    states,
    lastChanges,
    look: async (after, seen) => {
      now += after * 1000;
      passed += after * 1000;
      return await runAutomations(seen, desk);
    },
    setClock: (seconds) => {
      now += seconds * 1000;
    },
  };
}
