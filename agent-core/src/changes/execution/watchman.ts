import { AutoDevOpsError } from '@autodevops/domain/errors';
import { interrupted } from '@autodevops/domain/interruption';
import type { Lease } from '@autodevops/domain/ports/store';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { killSwitch, refuseWhileOn } from '../governing/kill-switch.ts';
import type { Surroundings } from '../surroundings.ts';

export interface Watched extends Pick<Surroundings, 'store' | 'clock'> {
  /** Whether this process has heard that the kill switch is on; it may have heard before the store is asked again. */
  readonly stopped: () => boolean;
}

/** Keeps the lease and looks at the kill switch while a change is executed. */
export interface Watchman {
  /** Says stop when the lease is lost, the kill switch is on or the caller wants no more; its reason says which. */
  readonly signal: AbortSignal;
  /** Throws when nothing more may be done: asked before every step. */
  check(): Promise<void>;
  /** Ends the watch; the lease may be given back then. */
  dismiss(): Promise<void>;
}

/** How often it looks, in milliseconds: the kill switch has to work within two seconds. */
const beat = 1000;

function switchIsOn(): AutoDevOpsError {
  return new AutoDevOpsError(
    'change.stopped',
    'The kill switch is on.',
    remedy`Nothing is changed until a person turns it off (${{ do: 'turn-kill-switch-off' }}).`,
  );
}

function leaseIsLost({ name }: Lease): AutoDevOpsError {
  return new AutoDevOpsError(
    'store.fenced',
    `Another process has taken over (${name}).`,
    'It goes on there; nothing is to be done here.',
  );
}

/** Throws `change.stopped` while the kill switch is on, in this process or in the store. */
export async function refuseWhenStopped({ store, stopped }: Watched): Promise<void> {
  if (stopped()) throw switchIsOn();
  refuseWhileOn(await killSwitch(store.settings));
}

/** Throws `store.fenced` when the lease could not be kept. */
async function keepLease(lease: Lease, milliseconds: number, { store }: Watched): Promise<void> {
  if ((await store.leases.renew(lease, milliseconds)) === undefined) throw leaseIsLost(lease);
}

/** Goes round until it is dismissed. A store that does not answer now may answer next time; a lost lease is for good. */
async function rounds(
  lease: Lease,
  milliseconds: number,
  watched: Watched,
  { end, stop }: { readonly end: AbortSignal; readonly stop: (reason: unknown) => void },
): Promise<void> {
  for (let renewed = watched.clock.now(); ;) {
    await watched.clock.wait(beat, end);
    try {
      await refuseWhenStopped(watched);
      if (watched.clock.now() - renewed < milliseconds / 3) continue;
      await keepLease(lease, milliseconds, watched);
      renewed = watched.clock.now();
    } catch (error) {
      const final =
        error instanceof AutoDevOpsError && (error.code === 'change.stopped' || error.code === 'store.fenced');
      if (final || watched.clock.now() - renewed >= milliseconds) return stop(error);
    }
  }
}

export function setWatchman(lease: Lease, milliseconds: number, watched: Watched, caller: AbortSignal): Watchman {
  const trouble = new AbortController();
  const end = new AbortController();
  const signal = AbortSignal.any([caller, trouble.signal]);
  const walking = rounds(lease, milliseconds, watched, {
    end: end.signal,
    stop: (reason) => trouble.abort(reason),
  }).catch(() => undefined);
  return {
    signal,
    check: async () => {
      if (caller.aborted) throw interrupted();
      if (trouble.signal.aborted) throw trouble.signal.reason;
      await refuseWhenStopped(watched);
    },
    dismiss: async () => {
      end.abort();
      await walking;
    },
  };
}
