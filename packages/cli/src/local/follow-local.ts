import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { LocalEvent, LocalRun } from '@autodevops/domain/local-cluster';
import { remedyIn } from '@autodevops/domain/remedy/remedy';
import { finish } from '../render/change-text.ts';
import { safeJson } from '@autodevops/domain/safe-json';
import type { Surroundings } from '../surroundings.ts';
import { lookFor } from '../terminal/look.ts';
import type { Look } from '../terminal/look.ts';
import { waitingLine } from '../terminal/waiting-line.ts';
import { eventLines, goingOn } from './event-text.ts';

export interface Following {
  readonly surroundings: Pick<Surroundings, 'stdout' | 'stderr'>;
  readonly output: 'text' | 'json' | 'jsonl';
  /** What may be done after Ctrl-C. */
  readonly afterInterruption: string;
}

type Teller = (event: LocalEvent) => void;

/** Line feeds inside of texts are escaped, so that what is left of them is layout. */
function onOneLine(value: unknown): string {
  return `${safeJson(value).replaceAll(/\n\s*/g, '')}\n`;
}

/** Tells people on stderr, so that stdout holds the answer alone; programs read events on stdout. */
function tellerFor({ surroundings: { stdout, stderr }, output }: Following): {
  readonly tell: Teller;
  readonly close: () => void;
} {
  if (output === 'jsonl') return { tell: (event) => stdout.write(onOneLine(event)), close: () => undefined };
  const { isTTY, columns, env } = stderr.facts;
  const look: Look = lookFor(stderr.facts);
  const line = waitingLine({ write: stderr.write, isTTY: isTTY && env['TERM'] !== 'dumb', columns: columns ?? 80 });
  line.show('Looking at this machine');
  const tell: Teller = (event) => {
    const lines = eventLines(event, look);
    if (lines.length > 0 || event.type === 'done') line.clear();
    if (lines.length > 0) stderr.write(finish(lines, look));
    const now = goingOn(event);
    if (now !== undefined) line.show(now);
  };
  return { tell, close: line.close };
}

/** What ended the run, for people; a program that reads events gets it as its last line too. */
function failure(error: unknown, { surroundings, output, afterInterruption }: Following): unknown {
  if (!(error instanceof AutoDevOpsError)) return error;
  const told =
    error.code === 'interrupted'
      ? new AutoDevOpsError('interrupted', 'Interrupted.', afterInterruption, { cause: error })
      : error;
  const { code, message } = told;
  if (output === 'jsonl') surroundings.stdout.write(onOneLine({ error: { code, message, ...remedyIn(told) } }));
  return told;
}

/** Follows a run to its end, telling it as asked for, and gives what it came to. Throws what ended it. */
export async function followLocal(events: AsyncIterable<LocalEvent>, following: Following): Promise<LocalRun> {
  const { tell, close } = tellerFor(following);
  const steps: LocalRun['steps'] = [];
  const notes: LocalRun['notes'] = [];
  try {
    for await (const event of events) {
      tell(event);
      if (event.type === 'step-done') steps.push({ step: event.step, ms: event.ms });
      if (event.type === 'note') notes.push({ says: event.says, ...remedyIn(event) });
      if (event.type === 'done') return { says: event.says, ms: event.ms, steps, notes, status: event.status };
    }
  } catch (error) {
    throw failure(error, following);
  } finally {
    close();
  }
  throw new AutoDevOpsError(
    'internal',
    'The run ended without saying so.',
    'Try again; if it happens again, report it.',
  );
}
