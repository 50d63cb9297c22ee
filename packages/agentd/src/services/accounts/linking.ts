import { deny } from '@autodevops/agent-core/changes/approving/denial';
import type { Clock } from '@autodevops/agent-core/changes/surroundings';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Handlers } from '../../contract/handlers.ts';
import type { LinkStore } from '../../identity/link-account.ts';
import { makeLinkCode, useLinkCode } from '../../identity/link-code.ts';
import { linkByEmail } from '../../identity/link-email.ts';
import { mayDo } from '../../identity/person-actor.ts';
import { removeAccount } from '../../identity/remove-account.ts';

/** How people link and unlink their own accounts. */
export function linkingHandlers({
  store,
  clock,
}: {
  readonly store: LinkStore;
  readonly clock: Clock;
}): Pick<Handlers, 'makeLinkCode' | 'useLinkCode' | 'linkByEmail' | 'removeAccount'> {
  return {
    makeLinkCode: async (_input, { actor }) => await makeLinkCode(store, { actor, now: clock.now() }),
    useLinkCode: async ({ body }, { actor }) => await useLinkCode(store, body.code, { actor, now: clock.now() }),
    linkByEmail: async (_input, { actor, vouchedEmail }) =>
      await linkByEmail(store, vouchedEmail, { actor, now: clock.now() }).catch(async (error: unknown) => {
        if (!(error instanceof AutoDevOpsError) || error.code !== 'change.not-allowed') throw error;
        return await deny(error, { code: 'DNY001', actor, subject: 'link-by-email', details: {} }, { store, clock });
      }),
    removeAccount: async ({ params }, { actor }) =>
      await removeAccount(store, params.account, {
        actor,
        now: clock.now(),
        mayAdminister: mayDo(actor, 'administer'),
      }),
  };
}
