import type { Lease } from '@autodevops/domain/ports/store';
import type { Following } from './following.ts';
import { Tenure } from './tenure.ts';
import { together } from './together.ts';

/** Throws when another replica has it: what this one still does about the customer ends. */
async function renewOn(
  first: Lease,
  { store: { leases }, clock, pace }: Following,
  signal: AbortSignal,
): Promise<void> {
  for (let lease = first; !signal.aborted;) {
    await clock.wait(pace.lease / 3, signal);
    if (signal.aborted) return;
    const renewed = await leases.renew(lease, pace.lease);
    if (renewed === undefined) throw new Error('another replica follows this customer now');
    lease = renewed;
  }
}

async function followWhile(lease: Lease, choice: Following, signal: AbortSignal): Promise<void> {
  const {
    log,
    customer,
    store: { leases },
  } = choice;
  try {
    const tenure = await Tenure.begin(choice);
    await together(signal, [async (ending) => await renewOn(lease, choice, ending), ...tenure.works()]);
  } catch (error) {
    log('a customer is no longer followed here', {
      customer,
      says: error instanceof Error ? error.message : String(error),
    });
  } finally {
    await leases.release(lease).catch(() => undefined);
  }
}

/**
 * Follows a customer's agent until the signal aborts: of all replicas on one store one at a time. What it shows is
 * wanted by key, so that who takes over wants the same again and nothing is said twice.
 */
export async function followCustomer(choice: Following, signal: AbortSignal): Promise<void> {
  const {
    store: { leases },
    clock,
    pace,
    holder,
    customer,
    log,
  } = choice;
  while (!signal.aborted) {
    const lease = await leases.acquire(`follow/${customer}`, holder, pace.lease).catch((error: unknown) => {
      log('nobody can tell who follows a customer', {
        customer,
        says: error instanceof Error ? error.message : String(error),
      });
      return undefined;
    });
    if (lease !== undefined) await followWhile(lease, choice, signal);
    await clock.wait(pace.again, signal);
  }
}
