import { batchQueue } from '@autodevops/domain/batch-queue';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { IncidentBoard } from '../incident-board.ts';
import { alone } from '../incident-desk.ts';
import type { IncidentDesk } from '../incident-desk.ts';
import { appendToIncidents, presentIncidents } from '../incident-journal.ts';
import { takeNotice } from './take-notice.ts';
import type { Notice, Received } from './take-notice.ts';

/** What a notice says is kept when this resolves. Throws errors of the store; sent again it changes nothing. */
export type ReceiveAlerts = (notice: Notice) => Promise<Received>;

/** So many notices are written together at most. */
const most = 100;
/** Somebody else may write to an incident at the same moment, or take over from a process that was too slow. */
const attempts = 10;
const overtaken = ['store.conflict', 'store.fenced'];

async function takeTogether(
  notices: readonly Notice[],
  ending: AbortSignal,
  desk: IncidentDesk,
): Promise<readonly Received[]> {
  const {
    store: { incidents: journal },
  } = desk;
  return await alone(desk, ending, async (fence) => {
    const board = new IncidentBoard(await presentIncidents(journal));
    const received = notices.map((notice) => takeNotice(notice, board, desk));
    const decided = board.decided();
    if (decided.length > 0) await appendToIncidents(journal, decided, fence);
    return received;
  });
}

/** Throws `store.locked` where others were first every time: whoever sent the notices sends them again. */
async function takeAnyway(
  notices: readonly Notice[],
  ending: AbortSignal,
  desk: IncidentDesk,
): Promise<readonly Received[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await takeTogether(notices, ending, desk);
    } catch (error) {
      if (!(error instanceof AutoDevOpsError) || !overtaken.includes(error.code)) throw error;
      if (attempt >= attempts) {
        throw new AutoDevOpsError('store.locked', 'Others write to the same incidents all the time.', 'Try again.', {
          cause: error,
        });
      }
    }
  }
}

/**
 * Takes notices of alerts. Those that come while others are written are written together after them, in the order in
 * which they came: a storm costs not much more than its first alert.
 */
export function alertReceiver(desk: IncidentDesk, ending: AbortSignal): ReceiveAlerts {
  const queue = batchQueue<Notice, Received>(
    async (notices) => (await takeAnyway(notices, ending, desk)).map((value) => ({ value })),
    {
      most,
      // One notice that cannot be is nothing to the others; a store that does not answer is away for all.
      alone: (error) => !(error instanceof AutoDevOpsError && error.code.startsWith('store.')),
    },
  );
  return async (notice) =>
    notice.group.alerts.length === 0 ? { incident: undefined, isNews: false } : await queue.submit(notice);
}
