import type { Clock } from '@autodevops/agent-core/changes/surroundings';
import type { Handlers } from '../../contract/handlers.ts';
import { makeLinkCode, removeAccount, useLinkCode } from '../../identity/link-code.ts';
import type { LinkStore } from '../../identity/link-code.ts';
import { mayDo } from '../../identity/person-actor.ts';

/** How people link and unlink their own accounts. */
export function linkingHandlers({
  store,
  clock,
}: {
  readonly store: LinkStore;
  readonly clock: Clock;
}): Pick<Handlers, 'makeLinkCode' | 'useLinkCode' | 'removeAccount'> {
  return {
    makeLinkCode: async (_input, { actor }) => await makeLinkCode(store, { actor, now: clock.now() }),
    useLinkCode: async ({ body }, { actor }) => await useLinkCode(store, body.code, { actor, now: clock.now() }),
    removeAccount: async ({ params }, { actor }) =>
      await removeAccount(store, params.account, {
        actor,
        now: clock.now(),
        mayAdminister: mayDo(actor, 'administer'),
      }),
  };
}
