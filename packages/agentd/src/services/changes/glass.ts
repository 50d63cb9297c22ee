import {
  breakGlassNow,
  glassRecord,
  glassStanding,
  reviewGlassNow,
} from '@autodevops/agent-core/changes/governing/glass-record';
import type { GlassDesk } from '@autodevops/agent-core/changes/governing/glass-record';
import type { Digest } from '@autodevops/agent-core/changes/simulating/digest';
import type { BrokenGlass } from '@autodevops/domain/change/broken-glass';
import type { AnswerOf } from '../../contract/endpoint.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import type { Call, Handlers } from '../../contract/handlers.ts';

type Told = AnswerOf<Endpoints['breakGlass']>;

/** The same call has the same id however often it is sent, and nobody else's call has it. */
function idOf({ actor, idempotencyKey }: Call, digest: Digest): string {
  return `glass-${digest(`${actor.account}\n${idempotencyKey}`).slice(0, 12)}`;
}

/** Break-glass, told as it stands at this moment. */
export function glassHandlers(
  desk: GlassDesk & { readonly digest: Digest },
): Pick<Handlers, 'brokenGlass' | 'breakGlass' | 'reviewGlass'> {
  const told = (glass: BrokenGlass): Told => ({ ...glass, standing: glassStanding(glass, desk.clock.now()) });
  return {
    brokenGlass: async () => ({ glasses: (await glassRecord(desk.store.settings)).map(told) }),
    breakGlass: async ({ body }, call) =>
      told(await breakGlassNow({ id: idOf(call, desk.digest), actor: call.actor, ...body }, desk)),
    reviewGlass: async ({ params, body }, { actor }) =>
      told(await reviewGlassNow({ id: params.id, actor, says: body.says }, desk)),
  };
}
