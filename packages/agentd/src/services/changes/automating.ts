import { changeSetting } from '@autodevops/agent-core/changes/governing/change-setting';
import { readChange } from '@autodevops/agent-core/changes/journal/journal';
import { lastChangeOf } from '@autodevops/agent-core/changes/journal/last-change';
import { automationMemorySetting, runAutomations } from '@autodevops/agent-core/automations/run-automations';
import type { AutomationDesk } from '@autodevops/agent-core/automations/run-automations';
import { shippedAutomations } from '@autodevops/agent-core/automations/shipped';
import { Automation, AutomationMemory } from '@autodevops/domain/change/automation';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import type { AutonomyLevel } from '@autodevops/domain/change/policy';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Settings, Store } from '@autodevops/domain/ports/store';
import { oneLine } from '@autodevops/domain/printable';
import type { BoundedClock } from '@autodevops/agent-core/changes/surroundings';
import { z } from 'zod';

/** Under this name every process finds them in the settings. */
export const modesSetting = 'automation-modes';
const Modes = z.record(z.string(), Automation.shape.mode.unwrap());
type Modes = z.infer<typeof Modes>;

/** As people turned them. Where that cannot be understood all are off: a person may have turned one off. */
function modesFrom(stored: unknown): Modes {
  const read = Modes.safeParse(stored ?? {});
  return read.success ? read.data : Object.fromEntries(shippedAutomations.map(({ id }) => [id, 'off' as const]));
}

/** The shipped automations, each in the mode that a person gave it. */
export async function automationsNow(settings: Settings): Promise<readonly Automation[]> {
  const modes = modesFrom(await settings.get(modesSetting));
  return shippedAutomations.map((automation) => ({ ...automation, mode: modes[automation.id] ?? automation.mode }));
}

export async function automationMemory(settings: Settings): Promise<AutomationMemory> {
  return AutomationMemory.catch({ sightings: [], deeds: [], resting: [] }).parse(
    (await settings.get(automationMemorySetting)) ?? {},
  );
}

/** Turns one of them, whoever turns another at the same moment; it is written to the audit log with it. */
export async function turnAutomation(
  settings: Settings,
  id: string,
  mode: Automation['mode'],
  audit: AuditEntry,
): Promise<Automation> {
  const found = shippedAutomations.find((automation) => automation.id === id);
  if (found === undefined) {
    throw new AutoDevOpsError(
      'object.not-found',
      `There is no automation "${oneLine(id, 60)}".`,
      `There are ${shippedAutomations.map((one) => one.id).join(', ')}.`,
    );
  }
  await changeSetting(settings, modesSetting, (stored) => ({
    value: { ...modesFrom(stored), [id]: mode },
    audit: [audit],
  }));
  return { ...found, mode };
}

export interface AutomatingChoice {
  readonly store: Store;
  readonly clock: BoundedClock;
  readonly holder: string;
  readonly agent: AutomationDesk['agent'];
  readonly level: AutonomyLevel;
  readonly propose: AutomationDesk['propose'];
  readonly diagnose: (signal: AbortSignal) => Promise<Diagnosis>;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/** Between two looks at the cluster for their sake. */
const beat = 30_000;

function deskOf(
  { store, clock, holder, agent, level, propose }: AutomatingChoice,
  automations: readonly Automation[],
): AutomationDesk {
  return {
    store,
    holder,
    agent,
    level,
    automations,
    propose,
    clock,
    passed: () => performance.now(),
    stateOf: async (id) => (await readChange(store.changes, id)).change,
    lastChangeOf: async (target) => {
      const last = await lastChangeOf(store.changes, target);
      return last === undefined
        ? undefined
        : { actions: last.plan.actions.map(({ request }) => request.action), succeeded: last.state === 'succeeded' };
    },
  };
}

async function round(choice: AutomatingChoice, signal: AbortSignal): Promise<void> {
  const automations = await automationsNow(choice.store.settings);
  const working = automations.filter(({ mode, levels }) => mode !== 'off' && levels.includes(choice.level));
  // Nobody looks at the cluster for nothing.
  if (working.length === 0) return;
  const { proposed } = await runAutomations(await choice.diagnose(signal), deskOf(choice, automations));
  for (const { id, state } of proposed) choice.log('an automation proposed a change', { id, state });
}

/** Lets automations look every half minute. Ends when it is closed. */
export function startAutomations(choice: AutomatingChoice): { readonly close: () => Promise<void> } {
  const ending = new AbortController();
  const work = (async () => {
    while (!ending.signal.aborted) {
      await choice.clock.wait(beat, ending.signal).catch(() => undefined);
      if (ending.signal.aborted) return;
      await round(choice, ending.signal).catch((error: unknown) =>
        choice.log('automations could not look', { says: error instanceof Error ? error.message : String(error) }),
      );
    }
  })();
  return {
    close: async () => {
      ending.abort();
      await work;
    },
  };
}
