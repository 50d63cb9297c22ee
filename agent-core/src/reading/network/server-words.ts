import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { literalPattern } from '../literal-pattern.ts';
import { detailLine } from '../output/detail-line.ts';
import { failureIn } from '../output/failures/line-failure.ts';
import { lineTime, roughLineTime } from '../output/line-time.ts';
import { isGrave } from '../output/log-level.ts';
import { outputOf } from '../output/output-line.ts';
import type { OutputLine } from '../output/output-line.ts';
import type { ReadableLine } from '../output/readable-line.ts';
import { logsRequest } from '../output/request-line.ts';
import { isFrame } from '../output/stack-frame.ts';
import { containersOf } from '../pods/pod-status.ts';
import type { ContainerView } from '../pods/pod-status.ts';
import { podsStandingFor } from '../pods/pods-standing-for.ts';

/** What a server says in its own log of a client that it turns away. */
export interface ServerWords {
  readonly pod: Pod;
  readonly view: ContainerView;
  readonly line: OutputLine;
  /** The line in which it gives the reason in detail, where it has one. */
  readonly detail: OutputLine | undefined;
}

/** Who is turned away, as its server knows it. */
export interface ServedClient {
  readonly pod: Pod;
  /** What the client itself complains of; undefined where it says nothing. */
  readonly complaint: ReadableLine | undefined;
}

const mostServers = 3;
/** How far before the line that names a client its reason may stand. */
const nearby = 3;
const sameMoment = 1000;

/** How servers of every kind put it that somebody is not served, also where they do not call it an error. */
const turnsAway =
  /\b(?:fail(?:ed|ure)|refus(?:ed|ing)|reject(?:ed|ing)|denied|denying|unauthori[sz]ed|not (?:allowed|permitted|authori[sz]ed|supported)|unsupported|too many|exceed(?:s|ed)|abort(?:ed|ing)|invalid|bad (?:certificate|request|packet|record)|plaintext|unexpected|mismatch|closing (?:because|connection)|exception|unknown (?:user|role|database)|cannot|could not)\b/;

/** How they put it that a client is gone: that comes of its crash. */
const clientGone =
  /\bclient (?:has |have |probably |unexpectedly |prematurely )*(?:closed|disconnected|hung up|went away|gone)|\b(?:closed|reset|dropped) (?:by|the socket|the connection by) ?(?:the )?(?:client|peer|remote)|\beof on client|\bfrom client\b.{0,40}\b(?:reset|eof|closed)|reading communication packets|probably closed the socket|broken pipe|missed heartbeats/;

function turnsSomebodyAway(line: OutputLine): boolean {
  if (logsRequest(line.text) || isFrame(line) || clientGone.test(line.lower)) return false;
  return isGrave(line) || failureIn(line) !== undefined || turnsAway.test(line.lower);
}

/** An address that stands by itself: not as a part of a longer one. Undefined for none, and for what is none: a recording may call anything so. */
function addressForm(address: string): RegExp | undefined {
  if (!/^[\da-f.:]{2,45}$/i.test(address)) return undefined;
  const own = literalPattern(address);
  return address.includes(':')
    ? new RegExp(String.raw`(?<![\da-f:])${own}(?![\da-f:])`, 'i')
    : new RegExp(String.raw`(?<![\d.])${own}(?!\d|\.\d)`);
}

function namesIn(text: string): ReadonlySet<string> {
  return new Set([...text.replaceAll('\\"', '"').matchAll(/["'`]([\w.@-]{3,60})["'`]/g)].map(([, name = '']) => name));
}

/**
 * Whether a line is about this client: it has its address (on the network of its node that is also the address of others),
 * or it tells of the same failure and quotes the same name.
 */
function speaksOf({ pod, complaint }: ServedClient): (line: OutputLine) => boolean {
  const { podIP = '' } = pod.status;
  const address = pod.spec.hostNetwork === true ? undefined : addressForm(podIP);
  const kind = complaint === undefined ? undefined : failureIn(complaint);
  const names = kind === undefined ? new Set<string>() : namesIn(complaint?.text ?? '');
  return (line) =>
    address?.test(line.verbatim) === true ||
    (names.size > 0 && failureIn(line) === kind && [...namesIn(line.text)].some((name) => names.has(name)));
}

const longBefore = 10 * 60_000;

/** When the last run of those containers began that do not get on, in milliseconds. */
function lastRun(pod: Pod): number | undefined {
  const began = containersOf(pod)
    .filter(({ status }) => status !== undefined && status.ready !== true)
    .map(({ status }) => status?.state.running ?? status?.state.terminated ?? status?.lastState.terminated)
    .map((run) => Date.parse(run?.startedAt ?? ''))
    .filter((time) => !Number.isNaN(time));
  return began.length === 0 ? undefined : Math.min(...began);
}

/** Whether a line is of the time of the client's last run; one that does not say when, or in which zone, may be. */
function isOfLastRun(line: OutputLine, began: number | undefined, now: number): boolean {
  const time = lineTime(line.time === '' ? line.verbatim : line.time, now);
  return time === undefined || began === undefined || time >= began - longBefore;
}

function atOnce(now: number, one: OutputLine, other: OutputLine): boolean {
  const [first, second] = [one, other].map(({ verbatim }) => roughLineTime(verbatim, now));
  return first === undefined || second === undefined || Math.abs(first - second) <= sameMoment;
}

const thrown = /^(?:Caused by: )?(?:[\w$]+\.)+\w*(?:Exception|Error)\b/;

/** The line that names the client, or the one beside it that says why: after a colon, an exception, an error just before. */
function reasonAt(lines: readonly OutputLine[], index: number, now: number): OutputLine | undefined {
  const line = lines[index];
  if (line === undefined) return undefined;
  const next = lines[index + 1];
  if (next !== undefined && (line.text.trimEnd().endsWith(':') || thrown.test(next.text))) return next;
  if (isGrave(line)) return line;
  return lines.slice(Math.max(0, index - nearby), index).findLast((l) => isGrave(l) && atOnce(now, l, line)) ?? line;
}

/**
 * The last that the pods behind a Service say of a client that they turn away. A client is often told less than its server
 * knows: that a log-in failed, not that there is no such user. Undefined where no log says anything of this client.
 */
export function serverWords(snapshot: Snapshot, service: ObjectRef, client: ServedClient): ServerWords | undefined {
  const own = speaksOf(client);
  const began = lastRun(client.pod);
  const servers = podsStandingFor(snapshot, service).filter((pod) => pod.metadata.uid !== client.pod.metadata.uid);
  for (const pod of servers.slice(0, mostServers)) {
    for (const view of containersOf(pod)) {
      const lines = outputOf(snapshot, pod, view, 'current');
      const line = reasonAt(
        lines,
        lines.findLastIndex((l) => own(l) && turnsSomebodyAway(l) && isOfLastRun(l, began, snapshot.now)),
        snapshot.now,
      );
      if (line !== undefined) return { pod, view, line, detail: detailLine(lines, line) };
    }
  }
  return undefined;
}
