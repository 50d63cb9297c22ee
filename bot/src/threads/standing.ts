import type { BotStore } from '@autodevops/domain/ports/bot-store';
import type { StandingLine } from '../following/following.ts';
import type { ThreadDesk } from './thread-desk.ts';
import { ChangeNote, changePrefix, ThreadNote, threadPrefix } from './thread-note.ts';

/** As many as the agent gives in one answer, and how many answers are asked for. */
const page = 500;
const mostPages = 10;
/** In milliseconds: what is over for so long is looked at no more. */
const keptFor = 30 * 86_400_000;

/** Incidents that were opened since, the newest first. */
async function openedSince(
  since: string,
  { agent }: ThreadDesk,
  signal: AbortSignal,
): Promise<readonly StandingLine[]> {
  const lines: StandingLine[] = [];
  let before: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const { incidents } = await agent.incidents(
      { query: { limit: 50, ...(before === undefined ? {} : { before }) } },
      { signal },
    );
    const young = incidents.filter(({ openedAt }) => openedAt >= since);
    lines.push(...young.map(({ id, updatedAt }) => ({ subject: id, updatedAt })));
    if (young.length < incidents.length || incidents.length < 50) return lines;
    before = incidents.at(-1)?.id;
  }
  return lines;
}

interface Unfinished {
  readonly name: string;
  readonly isOver: boolean;
  readonly updatedAt: string;
}

/** Threads and cards that stand in Slack as if they went on. What has long been over is forgotten. */
async function unfinished(
  prefix: string,
  notes: BotStore['notes'],
  { customer, clock }: ThreadDesk,
): Promise<readonly string[]> {
  const shape = prefix === threadPrefix ? ThreadNote : ChangeNote;
  const read = (await notes.list(customer, prefix)).flatMap(({ name, value }): readonly Unfinished[] => {
    const note = shape.safeParse(value);
    return note.success ? [{ name, isOver: note.data.isOver, updatedAt: note.data.updatedAt }] : [];
  });
  const long = new Date(clock.now() - keptFor).toISOString();
  for (const { name } of read.filter(({ isOver, updatedAt }) => isOver && updatedAt < long).slice(0, 50)) {
    await notes.remove(customer, name);
  }
  return read.filter(({ isOver }) => !isOver).map(({ name }) => name.slice(prefix.length));
}

/** What goes on at the agent, what was opened since, and what stands in Slack as if it went on. */
export async function standing(since: string, desk: ThreadDesk, signal: AbortSignal): Promise<readonly StandingLine[]> {
  const {
    agent,
    store: { notes },
  } = desk;
  const [ongoing, young, open, threads, cards] = await Promise.all([
    agent.incidents({ query: { ongoing: 'true', limit: page } }, { signal }),
    openedSince(since, desk, signal),
    agent.changes({ query: { open: 'true', limit: page } }, { signal }),
    unfinished(threadPrefix, notes, desk),
    unfinished(changePrefix, notes, desk),
  ]);
  const lines = [...ongoing.incidents, ...open.changes].map(({ id, updatedAt }) => ({ subject: id, updatedAt }));
  const known = new Map([...lines, ...young].map((line) => [line.subject, line]));
  for (const subject of [...threads, ...cards]) if (!known.has(subject)) known.set(subject, { subject, updatedAt: '' });
  return [...known.values()];
}
