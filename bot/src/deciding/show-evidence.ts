import { AutoDevOpsError } from '@autodevops/domain/errors';
import { handler } from '../handling/handler.ts';
import { actionIds } from '../rendering/action-ids.ts';
import { causeMessage } from '../rendering/diagnosis/diagnosis-message.ts';
import { Click } from './click.ts';
import { clickedCause, isSameCause, scopeOf } from './clicked-cause.ts';
import { whisperTo } from './whisper.ts';

/** What shows a cause, looked at anew, to who asked. */
export const showEvidence = handler<Click>({
  name: `action.${actionIds.showEvidence}`,
  payload: Click,
  need: 'read',
  handle: async (click, surroundings) => {
    const { cause } = await clickedCause(click, surroundings);
    const { causes, information } = await surroundings.agent.diagnose(
      { body: scopeOf(cause) },
      { signal: surroundings.signal },
    );
    const found = [...causes, ...information].find((one) => isSameCause(one, cause));
    if (found === undefined) {
      throw new AutoDevOpsError(
        'change.stale',
        'Jamie does not see this cause at the moment.',
        'Ask her what is wrong now: mention me in this thread.',
      );
    }
    await whisperTo(click, causeMessage(found), surroundings);
  },
});
