import { recentChange } from '../policy/trial/history.ts';
import type { History, RecentChange } from '../policy/question.ts';
import type { ChangeJournal } from './journal.ts';

const page = 100;

/**
 * What budgets count: every change that began to be executed since, or is on its way to it; without the one that is
 * asked about.
 */
export async function historySince(journal: ChangeJournal, since: string, except: string): Promise<History> {
  const changes: RecentChange[] = [];
  for (let before: string | undefined; ;) {
    const summaries = await journal.list({ limit: page, ...(before === undefined ? {} : { before }) });
    const recent = summaries.filter(({ lastTime }) => Date.parse(lastTime) >= Date.parse(since));
    for (const { id } of recent.filter((summary) => summary.id !== except)) {
      const found = recentChange({ id, events: await journal.read(id) });
      if (found !== undefined && Date.parse(found.time) >= Date.parse(since)) changes.push(found);
    }
    before = summaries.at(-1)?.id;
    if (summaries.length < page || before === undefined || recent.length === 0) return { since, changes };
  }
}
