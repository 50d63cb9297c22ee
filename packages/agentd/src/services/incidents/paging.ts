import type { IncidentDesk } from '@autodevops/agent-core/incidents/incident-desk';
import { presentIncidents } from '@autodevops/agent-core/incidents/incident-journal';
import { tellPaging } from '@autodevops/agent-core/incidents/paging/tell-paging';
import type { Paging } from '@autodevops/domain/ports/paging';

export interface PagingChoice {
  readonly paging: Paging;
  readonly desk: Pick<IncidentDesk, 'store' | 'clock'>;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/** In milliseconds: between two looks, and what one may take. */
const beat = 5000;
const longestLook = 60_000;

async function lookAtAll({ paging, desk, log }: PagingChoice, signal: AbortSignal): Promise<void> {
  for (const incident of await presentIncidents(desk.store.incidents)) {
    await tellPaging(incident, paging, signal, desk).catch((error: unknown) => {
      if (signal.aborted) throw error;
      log('a service that pages people could not be told', {
        id: incident.id,
        says: error instanceof Error ? error.message : String(error),
      });
    });
  }
}

/** Tells the service that pages people what people did here, while the agent runs. */
export function startPaging(choice: PagingChoice): { readonly close: () => Promise<void> } {
  const ending = new AbortController();
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await lookAtAll(choice, AbortSignal.any([ending.signal, AbortSignal.timeout(longestLook)])).catch(
        (error: unknown) => {
          if (!ending.signal.aborted) {
            choice.log('incidents could not be looked after', {
              says: error instanceof Error ? error.message : String(error),
            });
          }
        },
      );
      await choice.desk.clock.wait(beat, ending.signal).catch(() => undefined);
    }
  };
  const running = run();
  return {
    close: async () => {
      ending.abort();
      await running;
    },
  };
}
