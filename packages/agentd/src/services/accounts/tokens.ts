import type { Clock } from '@autodevops/agent-core/changes/surroundings';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import type { Store } from '@autodevops/domain/ports/store';
import type { Call, Handlers } from '../../contract/handlers.ts';
import { issueToken, listTokens, revokeTokens } from '../../identity/access-token.ts';
import { claimAgent } from '../../identity/bootstrap-token.ts';

interface TokenDesk {
  readonly store: Pick<Store, 'people' | 'settings' | 'audit'>;
  readonly clock: Clock;
}

function entryOf(code: AuditEntry['code'], { actor }: Call, now: number, subject: string, says: string): AuditEntry {
  return { code, time: new Date(now).toISOString(), actor, onBehalfOf: '', subject, success: true, says, details: {} };
}

const minute = 60_000;

/** Tokens as people make, see and end them; and the first one of all. */
export function tokenHandlers({
  store,
  clock,
}: TokenDesk): Pick<Handlers, 'issueToken' | 'tokens' | 'revokeTokens' | 'claim'> {
  const { settings } = store;
  return {
    issueToken: async ({ body: { account, name, minutes } }, call) => {
      const now = clock.now();
      const milliseconds = minutes * minute;
      const audit = entryOf('TOK001', call, now, account, `${call.actor.name} made a token for ${account}.`);
      const token = await issueToken(settings, { account, name, by: call.actor.account, milliseconds, now, audit });
      return { token, expiresAt: new Date(now + milliseconds).toISOString() };
    },
    tokens: async () => ({ tokens: [...(await listTokens(settings, clock.now()))] }),
    revokeTokens: async ({ params: { account }, query: { token } }, call) => {
      const which = token === undefined ? `the tokens of ${account}` : `the token ${token} of ${account}`;
      await revokeTokens(
        settings,
        { account, id: token },
        entryOf('TOK002', call, clock.now(), account, `${call.actor.name} ended ${which}.`),
      );
      return {};
    },
    claim: async ({ body: { token, id, name, account, minutes } }) =>
      await claimAgent(store, {
        token,
        person: { id, name },
        account,
        milliseconds: minutes * minute,
        now: clock.now(),
      }),
  };
}
