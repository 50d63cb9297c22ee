import { changeSetting } from '@autodevops/agent-core/changes/governing/change-setting';
import type { Clock } from '@autodevops/agent-core/changes/surroundings';
import type { Settings } from '@autodevops/domain/ports/store';
import { z } from 'zod';
import type { Bearing, SteadyClock } from '../process/steady-clock.ts';

/** The machine's clock, and what is believed of it. */
export interface MachineClock extends Omit<SteadyClock, 'now' | 'earliest'> {
  /** Tells one run of the machine from the next; empty where the system does not say. */
  readonly boot: string;
}

export interface TimekeepingChoice {
  readonly settings: Settings;
  readonly machine: Pick<MachineClock, 'boot' | 'bearing' | 'resume'>;
  readonly clock: Clock;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/** Under this name every process finds it in the settings. */
export const bearingsSetting = 'clock-bearings';

const Origin = z.number();
const KeptBearings = z.array(
  z.strictObject({
    boot: z.string(),
    origin: Origin,
    moved: z.strictObject({ origin: Origin, since: z.number() }).optional(),
  }),
);

/** Between two looks at the clock. */
const beat = 60_000;
/** Machines whose bearing is kept, the ones heard of last. */
const mostKept = 16;

/** What cannot be understood is as good as nothing: the process then begins with what its own clock says. */
function keptIn(stored: unknown): z.infer<typeof KeptBearings> {
  return KeptBearings.catch([]).parse(stored ?? []);
}

function areSame(one: Bearing | undefined, other: Bearing): boolean {
  return (
    one?.origin === other.origin && one.moved?.origin === other.moved?.origin && one.moved?.since === other.moved?.since
  );
}

async function keep({ settings, machine: { boot, bearing } }: TimekeepingChoice): Promise<void> {
  await changeSetting(settings, bearingsSetting, (stored) => {
    const kept = keptIn(stored);
    const now = bearing();
    const known = kept.find((one) => one.boot === boot);
    if (areSame(known, now)) return undefined;
    return { value: [...kept.filter((one) => one !== known), { boot, ...now }].slice(-mostKept), audit: [] };
  });
}

/**
 * Goes on with what an earlier process of this run of the machine believed of its clock, and keeps it for the next one:
 * who sets the clock forwards and starts the agent anew ends no budget early. Where the system does not tell its runs
 * apart every process begins with what its own clock says. Ends when it is closed.
 */
export async function startTimekeeping(choice: TimekeepingChoice): Promise<{ readonly close: () => Promise<void> }> {
  const { settings, machine, clock, log } = choice;
  if (machine.boot === '') return { close: async () => {} };
  const known = keptIn(await settings.get(bearingsSetting)).find(({ boot }) => boot === machine.boot);
  if (known !== undefined) machine.resume({ origin: known.origin, moved: known.moved });
  const ending = new AbortController();
  const work = (async () => {
    while (!ending.signal.aborted) {
      await keep(choice).catch((error: unknown) =>
        log('what is known of the clock could not be kept', {
          says: error instanceof Error ? error.message : String(error),
        }),
      );
      await clock.wait(beat, ending.signal).catch(() => undefined);
    }
  })();
  return {
    close: async () => {
      ending.abort();
      await work;
    },
  };
}
