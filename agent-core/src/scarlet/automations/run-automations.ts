import type { Actor } from '@autodevops/domain/change/actor';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import { AutomationMemory } from '@autodevops/domain/change/automation';
import type { Automation, Deed } from '@autodevops/domain/change/automation';
import type { Change, ChangeState, Reason } from '@autodevops/domain/change/change';
import { finalStates } from '@autodevops/domain/change/change';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import type { AutonomyLevel } from '@autodevops/domain/change/policy';
import { isUnplannable } from '@autodevops/domain/change/unplannable';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { refKey, refText } from '@autodevops/domain/object-ref';
import type { NewOutboxEvent, Store } from '@autodevops/domain/ports/store';
import { consider, working } from './consider.ts';
import type { Considered, Held, LastChange, Wish } from './consider.ts';
import { triggering } from './trigger.ts';

/** Under this name the memory of automations is kept in the settings. */
export const automationMemorySetting = 'automation-memory';

/** What an automation proposes; who carries it out decides as for anybody else. */
export interface AutomationProposal {
  readonly requests: readonly ActionRequest[];
  readonly requester: Actor;
  readonly reason: Reason;
  readonly idempotencyKey: string;
}

export interface AutomationDesk {
  readonly store: Pick<Store, 'settings' | 'leases'>;
  /** Both in milliseconds: the latest that it can be, and the earliest, which differs where somebody set the clock. */
  readonly clock: { readonly now: () => number; readonly earliest: () => number };
  /** Milliseconds since some moment of this process, which nobody sets. */
  readonly passed: () => number;
  readonly holder: string;
  readonly agent: Actor;
  readonly automations: readonly Automation[];
  readonly level: AutonomyLevel;
  /** Throws `change.refused` for what cannot or must not be done. */
  readonly propose: (proposal: AutomationProposal) => Promise<Pick<Change, 'id' | 'state' | 'says'>>;
  readonly stateOf: (id: string) => Promise<Pick<Change, 'state' | 'says'>>;
  /** The last change of the object of this Kind/namespace/name that came to an end. */
  readonly lastChangeOf: (target: string) => Promise<LastChange | undefined>;
}

/** What a round came to. */
export interface Round {
  readonly proposed: readonly Pick<Change, 'id' | 'state'>[];
  readonly deeds: readonly Deed[];
  readonly held: readonly Held[];
}

const lease = { name: 'automations', milliseconds: 60_000 };
/** Older deeds count for no limit and no breaker. */
const remembered = 7 * 24 * 60 * 60_000;
const mostDeeds = 500;

const empty: AutomationMemory = { sightings: [], deeds: [], resting: [] };

async function recall({ store }: AutomationDesk): Promise<AutomationMemory> {
  const stored = await store.settings.get(automationMemorySetting);
  if (stored === undefined || stored === null) return empty;
  const read = AutomationMemory.safeParse(stored);
  if (read.success) return read.data;
  throw new AutoDevOpsError(
    'store.corrupt',
    'What automations remember cannot be read, so they do nothing.',
    `Remove the setting ${automationMemorySetting}; they begin anew.`,
  );
}

function outcomeOf(state: ChangeState): Deed['outcome'] {
  if (state === 'succeeded') return 'succeeded';
  if (state === 'undone' || state === 'failed' || state === 'unknown') return 'failed';
  return finalStates.includes(state) ? 'dropped' : 'open';
}

/** What has become of changes that were on their way at the last round. */
async function caughtUp(deeds: readonly Deed[], desk: AutomationDesk): Promise<readonly Deed[]> {
  return await Promise.all(
    deeds.map(async (deed) => {
      if (deed.outcome !== 'open') return deed;
      const { state, says } = await desk.stateOf(deed.change);
      return { ...deed, outcome: outcomeOf(state), says };
    }),
  );
}

async function lastChanges(
  diagnosis: Diagnosis,
  { automations, level, lastChangeOf }: AutomationDesk,
): Promise<ReadonlyMap<string, LastChange>> {
  const asking = working(automations, level).filter(({ when }) => when.after !== undefined);
  const targets = new Set(
    asking.flatMap((automation) => triggering(automation, diagnosis).map(({ object }) => refKey(object))),
  );
  const found = await Promise.all([...targets].map(async (target) => [target, await lastChangeOf(target)] as const));
  return new Map(found.flatMap(([target, last]) => (last === undefined ? [] : [[target, last] as const])));
}

function actorOf({ id }: Automation): Actor {
  return { kind: 'automation', account: `automation:${id}`, person: '', name: id, roles: [], surface: 'automation' };
}

function proposalOf({ automation, cause, sighting, requests }: Wish): AutomationProposal {
  const { code, object, confidence, evidence } = cause;
  return {
    requests,
    requester: actorOf(automation),
    reason: { text: automation.why, finding: { code, object, confidence, evidence } },
    idempotencyKey: `automation/${automation.id}/${sighting.finding}/${sighting.since}`,
  };
}

/** One for each target, so that the limit of each counts. */
function deedsOf(
  { automation, sighting, requests }: Wish,
  now: number,
  became: Pick<Deed, 'change' | 'outcome' | 'says'>,
): readonly Deed[] {
  return requests.map(({ target }) => ({
    automation: automation.id,
    finding: sighting.finding,
    since: sighting.since,
    target: refKey(target),
    time: new Date(now).toISOString(),
    ...became,
  }));
}

async function carryOut(
  wish: Wish,
  desk: AutomationDesk,
): Promise<{ readonly deeds: readonly Deed[]; readonly change?: Pick<Change, 'id' | 'state'> }> {
  const now = desk.clock.now();
  if (wish.automation.mode === 'dry') {
    const says = `Would propose ${wish.requests.map(({ action, target }) => `${action} on ${refText(target)}`).join(', ')}.`;
    return { deeds: deedsOf(wish, now, { change: '', outcome: 'dry', says }) };
  }
  try {
    const change = await desk.propose(proposalOf(wish));
    return {
      deeds: deedsOf(wish, now, { change: change.id, outcome: outcomeOf(change.state), says: change.says }),
      change,
    };
  } catch (error) {
    if (!isUnplannable(error)) throw error;
    return { deeds: deedsOf(wish, now, { change: '', outcome: 'refused', says: error.message }) };
  }
}

function stopped(id: string, why: string, { agent, clock }: AutomationDesk): AuditEntry {
  return {
    code: 'AUT002',
    time: new Date(clock.now()).toISOString(),
    actor: agent,
    onBehalfOf: '',
    subject: id,
    success: true,
    says: `The circuit breaker of ${id} is open: ${why}`,
    details: {},
  };
}

function notice({ automation, outcome, says, change, target }: Deed): NewOutboxEvent {
  return { time: '', topic: `automation.${outcome}`, subject: automation, data: { says, change, target } };
}

async function remember(
  memory: AutomationMemory,
  { resting }: Considered,
  before: AutomationMemory,
  fresh: readonly Deed[],
  desk: AutomationDesk,
): Promise<void> {
  const opened = [...resting].filter(([id]) => !before.resting.includes(id)).map(([id, why]) => stopped(id, why, desk));
  const time = new Date(desk.clock.now()).toISOString();
  await desk.store.settings.put(
    automationMemorySetting,
    memory,
    opened,
    fresh.map((deed) => ({ ...notice(deed), time })),
  );
}

async function round(diagnosis: Diagnosis, desk: AutomationDesk): Promise<Round> {
  const before = await recall(desk);
  const { clock, holder } = desk;
  const look = { now: clock.now(), earliest: clock.earliest(), passed: desk.passed(), holder };
  const past = (await caughtUp(before.deeds, desk))
    .filter(({ time, outcome }) => outcome === 'open' || look.earliest - Date.parse(time) <= remembered)
    .slice(-mostDeeds);
  const considered = consider({
    automations: desk.automations,
    level: desk.level,
    diagnosis,
    memory: { ...before, deeds: [...past] },
    lastChanges: await lastChanges(diagnosis, desk),
    look,
  });
  const done = [];
  for (const wish of considered.wishes) done.push(await carryOut(wish, desk));
  const deeds = done.flatMap((one) => one.deeds);
  await remember(
    {
      sightings: [...considered.sightings],
      deeds: [...past, ...deeds],
      resting: [...considered.resting.keys()],
      looked: { holder, passed: look.passed },
    },
    considered,
    before,
    deeds,
    desk,
  );
  return { proposed: done.flatMap(({ change }) => change ?? []), deeds, held: considered.held };
}

/**
 * Lets automations look at a diagnosis and propose what they are for. What was proposed is decided by the policy like
 * anything else; the caller executes what the policy lets be done at once. Nothing is done while another process does
 * the same.
 */
export async function runAutomations(diagnosis: Diagnosis, desk: AutomationDesk): Promise<Round> {
  const held = await desk.store.leases.acquire(lease.name, desk.holder, lease.milliseconds);
  if (held === undefined) return { proposed: [], deeds: [], held: [] };
  try {
    return await round(diagnosis, desk);
  } finally {
    await desk.store.leases.release(held);
  }
}
