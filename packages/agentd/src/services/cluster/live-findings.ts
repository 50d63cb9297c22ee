import { diagnose } from '@autodevops/agent-core/jamie';
import type { Clock } from '@autodevops/agent-core/changes/surroundings';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import type { StreamItem } from '../../contract/handlers.ts';
import { boundedWork } from '../incidents/bounded-work.ts';
import { optionsFrom } from './looking.ts';
import type { ScopeAsked } from './looking.ts';
import type { Watching } from './watching.ts';

export interface FindingEvent {
  readonly type: 'diagnosis';
  readonly diagnosis: Diagnosis;
}

/** Diagnoses that are kept current: one for each scope, however many follow it. */
export interface LiveFindings {
  /**
   * The whole answer at once, then whenever it changes; whoever is slow misses those in between. `lastId`: of the answer
   * that is known already. Throws what a diagnosis throws.
   */
  readonly follow: (
    scope: ScopeAsked,
    signal: AbortSignal,
    lastId?: string,
  ) => AsyncGenerator<StreamItem<FindingEvent>>;
  /** Ends every stream. */
  readonly close: () => Promise<void>;
}

export interface LiveChoice {
  readonly watching: Pick<Watching, 'memory' | 'begin' | 'version' | 'changed'>;
  readonly clock: Pick<Clock, 'wait'>;
}

/** In milliseconds: between two answers, and what one of them may take. */
const [leastRest, mostRest] = [500, 10_000];
const longestLook = 120_000;
/** An answer that took long is followed by a rest so many times as long. */
const share = 4;

/** One scope that is followed. */
interface Line {
  readonly ending: AbortController;
  readonly waiting: Set<() => void>;
  followers: number;
  latest: StreamItem<FindingEvent> | undefined;
  /** What is in the answer beside the times of the look. */
  essence: string;
  failure: unknown;
  ended: boolean;
}

function essenceOf({ observed: _observed, ...rest }: Diagnosis): string {
  return JSON.stringify(rest);
}

function wake({ waiting }: Line): void {
  for (const go of waiting) go();
}

async function news({ waiting }: Line, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const go = (): void => {
      waiting.delete(go);
      signal.removeEventListener('abort', go);
      resolve();
    };
    waiting.add(go);
    signal.addEventListener('abort', go, { once: true });
    if (signal.aborted) go();
  });
}

function take(line: Line, diagnosis: Diagnosis, id: string): void {
  const essence = essenceOf(diagnosis);
  const isNew = essence !== line.essence;
  line.essence = essence;
  // Who comes later is told when it was looked at last, though nothing is new.
  line.latest = { id: isNew ? id : (line.latest?.id ?? id), event: { type: 'diagnosis', diagnosis } };
  if (isNew) wake(line);
}

/** Keeps findings current while anybody follows them. */
export function liveFindings({ watching, clock }: LiveChoice): LiveFindings {
  const lines = new Map<string, Line>();
  const working = new Set<Promise<void>>();
  // Diagnoses of several scopes at once would take as long, and hold the process.
  const inTurn = boundedWork(1);
  let count = 0;

  const keepCurrent = async (line: Line, scope: ScopeAsked): Promise<void> => {
    const { signal } = line.ending;
    const options = optionsFrom(scope);
    while (!signal.aborted) {
      const version = watching.version();
      const began = performance.now();
      const diagnosis = await inTurn(() =>
        diagnose(watching.memory, options, { signal: AbortSignal.any([signal, AbortSignal.timeout(longestLook)]) }),
      );
      count += 1;
      take(line, diagnosis, `${diagnosis.observed.capturedAt}-${count}`);
      await clock.wait(Math.min(mostRest, Math.max(leastRest, share * (performance.now() - began))), signal);
      await watching.changed(version, signal);
    }
  };
  const begin = (key: string, scope: ScopeAsked): Line => {
    const line: Line = {
      ending: new AbortController(),
      waiting: new Set(),
      followers: 0,
      latest: undefined,
      essence: '',
      failure: undefined,
      ended: false,
    };
    lines.set(key, line);
    watching.begin();
    const work = keepCurrent(line, scope)
      .catch((error: unknown) => {
        if (!line.ending.signal.aborted) line.failure = error;
      })
      .finally(() => {
        line.ended = true;
        if (lines.get(key) === line) lines.delete(key);
        working.delete(work);
        wake(line);
      });
    working.add(work);
    return line;
  };
  return {
    follow: async function* follow(scope, signal, lastId) {
      const key = JSON.stringify(scope);
      const line = lines.get(key) ?? begin(key, scope);
      line.followers += 1;
      try {
        for (let seen = lastId; !signal.aborted;) {
          const { latest } = line;
          if (latest !== undefined && latest.id !== seen) {
            seen = latest.id;
            yield latest;
          } else if (line.ended) {
            if (line.failure !== undefined) throw line.failure;
            return;
          } else await news(line, signal);
        }
      } finally {
        line.followers -= 1;
        if (line.followers === 0) {
          if (lines.get(key) === line) lines.delete(key);
          line.ending.abort();
        }
      }
    },
    close: async () => {
      for (const { ending } of lines.values()) ending.abort();
      await Promise.all(working);
    },
  };
}
