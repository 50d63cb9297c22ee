import type { AuditCheckpoint } from '@autodevops/domain/change/audit-event';
import type { AuditLog } from '@autodevops/domain/ports/store';
import type { Clock } from '@autodevops/agent-core/changes/surroundings';

export interface CheckpointChoice {
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly every: number;
  readonly sign: (head: { readonly sequence: number; readonly hash: string }) => AuditCheckpoint;
  /** Keeps it in the second place. */
  readonly append: (checkpoint: AuditCheckpoint) => Promise<void>;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

async function keep({ audit, sign, append }: CheckpointChoice, last: number): Promise<number> {
  const head = await audit.head();
  if (head.sequence === last) return last;
  const checkpoint = sign(head);
  await append(checkpoint);
  await audit.keepCheckpoint(checkpoint);
  return head.sequence;
}

/** Signs the head of the audit log whenever it has grown, now and then and once at the end. */
export function startCheckpoints(choice: CheckpointChoice): { readonly close: () => Promise<void> } {
  const ending = new AbortController();
  let last = -1;
  const once = async (): Promise<void> => {
    last = await keep(choice, last).catch((error: unknown) => {
      choice.log('a checkpoint of the audit log could not be kept', {
        says: error instanceof Error ? error.message : String(error),
      });
      return last;
    });
  };
  const work = (async () => {
    while (!ending.signal.aborted) {
      await once();
      await choice.clock.wait(choice.every, ending.signal).catch(() => undefined);
    }
    await once();
  })();
  return {
    close: async () => {
      ending.abort();
      await work;
    },
  };
}
