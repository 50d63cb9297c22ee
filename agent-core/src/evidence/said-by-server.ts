import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import { refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { printable } from '@autodevops/domain/printable';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { serverWords } from '../reading/network/server-words.ts';
import type { ServedClient, ServerWords } from '../reading/network/server-words.ts';
import { servicesCalled } from '../reading/network/services-called.ts';
import { detailText } from '../reading/output/detail-line.ts';
import { readableLine } from '../reading/output/readable-line.ts';
import { tellingPart } from '../reading/output/telling-part.ts';
import { isPlainWord } from '../reading/plain-word.ts';
import { podsStandingFor } from '../reading/pods/pods-standing-for.ts';
import { said } from '../reading/said.ts';
import { fromOutput } from './output-evidence.ts';

/** How the sentence about a client goes on with what its server says. */
export interface SaidByServer {
  readonly sentence: string;
  readonly evidence: readonly Evidence[];
  readonly steps: readonly string[];
}

/** What may come of a server that turns its client away. A program that names another reason is believed. */
const ofClients = [
  'pod.crash.unknown',
  'pod.crash.exception',
  'pod.dependency.',
  'pod.probe.',
  'pod.not-ready.',
  'pod.init.',
  'job.',
];
const mostClients = 3;

/** Whether a server's words may explain findings of this code. */
export function mayBeTurnedAway(code: string): boolean {
  return ofClients.some((prefix) => code.startsWith(prefix));
}

function complaintIn(findings: readonly Finding[], pod: ObjectRef): string {
  const log = findings.flatMap((f) => f.evidence).find((e) => e.source === 'log' && refKey(e.object) === refKey(pod));
  return log?.quote ?? '';
}

function clientsOf(snapshot: Snapshot, object: ObjectRef, findings: readonly Finding[]): readonly ServedClient[] {
  const named = findings.map((f) => f.object).filter(({ kind }) => kind === 'Pod');
  const refs = named.length > 0 ? named : [object];
  return refs
    .flatMap((ref) => podsStandingFor(snapshot, ref))
    .slice(0, mostClients)
    .map((pod) => {
      const text = complaintIn(findings, refTo('Pod', pod));
      return { pod, complaint: text === '' ? undefined : readableLine(text) };
    });
}

function wordsOf({ line, detail }: ServerWords): string {
  const words = said(tellingPart(line));
  return detail === undefined ? words : `${words} (${said(detailText(detail), 160)})`;
}

function told(service: ObjectRef, words: ServerWords): SaidByServer {
  const { pod, view, line, detail } = words;
  const { namespace, name } = pod.metadata;
  const ref = refTo('Pod', pod);
  const plain = [namespace, name, view.spec.name].every(isPlainWord);
  return {
    sentence: printable(
      ` Its server, pod ${name} behind Service ${service.namespace}/${service.name}, says of it: ${wordsOf(words)}.`,
    ),
    evidence: [line, ...(detail === undefined ? [] : [detail])].map((l) => fromOutput(ref, view, l)),
    steps: plain
      ? [
          `Mend what the server says of it first; the lines around it: \`kubectl -n ${namespace} logs ${name} -c ${view.spec.name}\`.`,
        ]
      : [],
  };
}

/** Repeats only what the client was told. */
function repeats({ line, detail }: ServerWords, { complaint }: ServedClient): boolean {
  return detail === undefined && complaint?.lower.includes(tellingPart(line).toLowerCase()) === true;
}

/**
 * What a server in the cluster says in its own log of the pods of a cause: the reason for which it turns them away, of
 * which they are told less. Undefined where none does, and where its words are those of the client.
 */
export function saidByServer(
  snapshot: Snapshot,
  object: ObjectRef,
  findings: readonly Finding[],
): SaidByServer | undefined {
  if (!mayBeTurnedAway(findings[0]?.code ?? '')) return undefined;
  for (const client of clientsOf(snapshot, object, findings)) {
    for (const service of servicesCalled(snapshot, refTo('Pod', client.pod))) {
      const words = serverWords(snapshot, service, client);
      if (words !== undefined && !repeats(words, client)) return told(service, words);
    }
  }
  return undefined;
}
