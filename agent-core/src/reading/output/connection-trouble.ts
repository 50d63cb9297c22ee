import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { logLines } from './log-lines.ts';
import type { LogLine } from './log-lines.ts';
import { containersOf, isCrashing, isFinished, isReady, isTerminating } from '../pods/pod-status.ts';
import { logsRequest } from './request-line.ts';
import { isRecent } from '../recency.ts';

const phrases = [
  'connection refused',
  'econnrefused',
  'timed out',
  'timeout',
  'etimedout',
  'deadline exceeded',
  'no route to host',
  'ehostunreach',
  'network is unreachable',
  'could not connect',
  "can't connect",
  'cannot connect',
  'failed to connect',
  'unable to connect',
  'connection error',
  'connect error',
  'connection failed',
  'connection reset',
  'communications link failure',
  'unreachable',
];
const lookupPhrases = [
  'no such host',
  'temporary failure in name resolution',
  'eai_again',
  'enotfound',
  'name or service not known',
  'bad address',
  'could not resolve',
  "couldn't resolve",
  'unknownhostexception',
  'nxdomain',
  'name resolution',
  'server misbehaving',
  'getaddrinfo',
  'lookup',
  'unknown host',
  'host not found',
  'could not find address',
];

/** A line of a container's log that says that something could not be reached. */
export interface TroubleLine extends LogLine {
  readonly container: string;
}

/** The last lines of a log, read when no line has a time: earlier ones may be about a start that has passed. */
const lastLines = 30;

/** The lines of a trace are of the time of the line that they follow. */
function dated(lines: readonly LogLine[]): readonly LogLine[] {
  let time = '';
  return lines.map((line) => {
    time = line.time === '' ? time : line.time;
    return { ...line, time };
  });
}

function linesOf(snapshot: Snapshot, pod: Pod, container: string): readonly LogLine[] {
  const lines = dated(logLines(snapshot, pod, container));
  const recent = lines.some((l) => l.time !== '') ? lines.filter((l) => isRecent(snapshot, l.time)) : lines;
  return recent.slice(-lastLines);
}

function find(snapshot: Snapshot, pod: Pod, says: (text: string) => boolean): TroubleLine | undefined {
  for (const view of containersOf(pod)) {
    const line = linesOf(snapshot, pod, view.spec.name).findLast(
      (l) => !logsRequest(l.text.slice(0, 6000)) && says(l.text.slice(0, 2000).toLowerCase()),
    );
    if (line !== undefined) return { ...line, container: view.spec.name };
  }
  return undefined;
}

/** The last recent line that says that one of these places (`db`, `10.96.0.7`, `db:5433`) could not be reached. */
export function connectionTrouble(snapshot: Snapshot, pod: Pod, places: readonly string[]): TroubleLine | undefined {
  const wanted = places.map((place) => place.toLowerCase());
  return find(
    snapshot,
    pod,
    (text) => phrases.some((p) => text.includes(p)) && wanted.some((place) => mentions(text, place)),
  );
}

const timeouts = ['timed out', 'timeout', 'etimedout', 'deadline exceeded'];

/** The last recent line that says that an answer did not come, from wherever. */
export function connectionTimeout(snapshot: Snapshot, pod: Pod): TroubleLine | undefined {
  return find(snapshot, pod, (text) => timeouts.some((p) => text.includes(p)));
}

/** The last recent line that says that a name could not be resolved because nobody answered, or for whatever reason. */
export function lookupTrouble(snapshot: Snapshot, pod: Pod): TroubleLine | undefined {
  return find(snapshot, pod, (text) => {
    if (!lookupPhrases.some((p) => text.includes(p))) return false;
    // A name that does not exist was answered: that is no trouble of the way to the DNS.
    return !text.includes('nxdomain') && !(text.includes('no such host') && !text.includes('timeout'));
  });
}

/** The place stands by itself: `db` is not in `mydb` or `db-replica`. */
function mentions(text: string, place: string): boolean {
  for (let at = text.indexOf(place); at >= 0; at = text.indexOf(place, at + 1)) {
    const [before, after] = [text[at - 1] ?? ' ', text[at + place.length] ?? ' '];
    if (!/[a-z0-9_-]/.test(before) && !/[a-z0-9_-]/.test(after)) return true;
  }
  return false;
}

/** The container has run and does not do its work: its pod is not ready, or it crashes. Not: it could not be started. */
export function isStruggling(snapshot: Snapshot, pod: Pod, container: string): boolean {
  if (isFinished(pod) || isTerminating(pod) || isReady(pod)) return false;
  const view = containersOf(pod).find((c) => c.spec.name === container);
  if (view?.status === undefined) return false;
  const { state, lastState, ready } = view.status;
  const hasRun = state.running !== undefined || state.terminated !== undefined || lastState.terminated !== undefined;
  if (view.init && !view.sidecar) return state.running !== undefined || isCrashing(view, pod, snapshot.now);
  return hasRun && ready !== true;
}
