import type { ClusterAccess } from '../kubeconfig/kubeconfig.ts';

/** The access that a client goes by now. */
export interface CurrentAccess {
  readonly get: () => ClusterAccess;
  /** After the API server did not know `refused`: resolves to true when there is another access to try. Never throws. */
  readonly renewed: (refused: ClusterAccess) => Promise<boolean>;
}

/** To renew may run a plugin, which may open a login page: not again for each of the requests that wait for it. */
const leastPauseMs = 10_000;

/** Many requests that are refused at once renew once together; those that come to know of it later take what is there. */
export function createCurrentAccess(initial: ClusterAccess): CurrentAccess {
  let access = initial;
  let renewing: Promise<void> | undefined;
  let last = Number.NEGATIVE_INFINITY;
  const renew = async (): Promise<void> => {
    // What the renewal itself says (no file, no context) is less telling than the refusal.
    const next = await access.renew().catch(() => undefined);
    access = next ?? access;
    last = performance.now();
    renewing = undefined;
  };
  return {
    get: () => access,
    renewed: async (refused) => {
      if (access === refused && performance.now() - last >= leastPauseMs) await (renewing ??= renew());
      return access !== refused;
    },
  };
}
