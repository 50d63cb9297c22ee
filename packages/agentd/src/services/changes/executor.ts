import { expireAll } from '@autodevops/agent-core/changes/approving/expire';
import { killSwitch } from '@autodevops/agent-core/changes/governing/kill-switch';
import { execute, unfinished } from '@autodevops/agent-core/changes/execution';
import type { ExecutionDesk } from '@autodevops/agent-core/changes/execution-desk';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Outbox } from '@autodevops/domain/ports/store';

/** Executes what was agreed to, in this process. */
export interface Executor {
  /** Takes a change up now if nobody does. Comes back at once. */
  readonly takeUp: (id: string) => void;
  /** Stops taking up, lets running steps end; what is unfinished is resumed by the next process. */
  readonly close: () => Promise<void>;
}

export interface ExecutorChoice {
  readonly desk: Omit<ExecutionDesk, 'stopped'>;
  readonly outbox: Outbox;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/** Between two looks at what is new; the kill switch has two seconds to be heard. */
const beat = 500;
/** How often everything unfinished is looked for, whether or not news of it came. */
const roundEvery = 60;

/** What is no trouble: somebody else does it, it is not due, it stopped as it was told. */
const expected: readonly string[] = [
  'store.locked',
  'store.fenced',
  'change.stopped',
  'change.wrong-state',
  'interrupted',
];
/** Of these, what may go on soon: another process has it and may die, or the kill switch is turned off. */
const passing: readonly string[] = ['store.locked', 'store.fenced', 'change.stopped'];

interface State {
  readonly running: Map<string, Promise<void>>;
  /** Ids of changes that something kept from going on when they were tried. */
  readonly held: Set<string>;
  readonly ending: AbortController;
  cursor: number;
  stopped: boolean;
}

function takeUp(id: string, choice: ExecutorChoice, state: State): void {
  if (state.running.has(id) || state.ending.signal.aborted) return;
  state.held.delete(id);
  const work = execute(id, { ...choice.desk, stopped: () => state.stopped }, state.ending.signal)
    .then((change) => choice.log('a change came to its end', { id, state: change.state, says: change.says }))
    .catch((error: unknown) => {
      const known = error instanceof AutoDevOpsError;
      if (known && passing.includes(error.code)) state.held.add(id);
      if (!known || !expected.includes(error.code)) {
        choice.log('a change could not be executed', {
          id,
          says: error instanceof Error ? error.message : String(error),
        });
      }
    })
    .finally(() => state.running.delete(id));
  state.running.set(id, work);
}

const begins: readonly string[] = ['change.approved', 'change.decided', 'change.undo-began'];

/** News since the last look: what may begin now, and whether all has to stop. */
async function readNews(choice: ExecutorChoice, state: State): Promise<void> {
  for (
    let events = await choice.outbox.after(state.cursor, 200);
    events.length > 0;
    events = await choice.outbox.after(state.cursor, 200)
  ) {
    for (const { cursor, topic, subject, data } of events) {
      state.cursor = cursor;
      if (begins.includes(topic) && ['approved', 'undoing'].includes(String(data['state']))) {
        takeUp(subject, choice, state);
      }
    }
  }
  state.stopped = (await killSwitch(choice.desk.store.settings)).on;
}

async function round(choice: ExecutorChoice, state: State): Promise<void> {
  await expireAll(choice.desk);
  for (const id of await unfinished(choice.desk)) takeUp(id, choice, state);
}

async function watch(choice: ExecutorChoice, state: State): Promise<void> {
  for (let beats = 0; !state.ending.signal.aborted; beats++) {
    try {
      await readNews(choice, state);
      if (beats % roundEvery === 0 && !state.stopped) await round(choice, state);
      // At every beat: a change of a process that has died goes on as soon as its lease has run out.
      else if (!state.stopped) for (const id of state.held) takeUp(id, choice, state);
    } catch (error) {
      // A store that cannot be read now may be read at the next beat; until then nothing is begun.
      choice.log('the store could not be read', { says: error instanceof Error ? error.message : String(error) });
    }
    await choice.desk.clock.wait(beat, state.ending.signal).catch(() => undefined);
  }
}

/** Begins with what earlier processes left in the middle. */
export async function startExecutor(choice: ExecutorChoice): Promise<Executor> {
  const state: State = {
    running: new Map(),
    held: new Set(),
    ending: new AbortController(),
    cursor: await choice.outbox.head(),
    stopped: (await killSwitch(choice.desk.store.settings)).on,
  };
  const watching = watch(choice, state);
  return {
    takeUp: (id) => takeUp(id, choice, state),
    close: async () => {
      state.ending.abort();
      await watching;
      await Promise.all(state.running.values());
    },
  };
}
