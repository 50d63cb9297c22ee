import type { Because, CodeEntry, Finding } from '@autodevops/domain/finding';
import { refByName } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { crashingContainers } from '../../reading/pods/crashes/crashing-container.ts';
import type { CrashingContainer } from '../../reading/pods/crashes/crashing-container.ts';
import { concernsContainer } from '../../reading/pods/event-container.ts';
import { messageEnd } from '../../reading/long-message.ts';
import type { OutputLine } from '../../reading/output/output-line.ts';
import { lastTermination } from '../../reading/pods/pod-status.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import { isRecent, newestEvents } from '../../reading/recency.ts';
import { startClassOf } from '../../reading/pods/starting/start-failure-class.ts';
import type { StartClass } from '../../reading/pods/starting/start-failure-class.ts';
import { narrowStart } from '../../reading/pods/starting/narrow-start.ts';
import { startFailureOf, unstartedContainers } from '../../reading/pods/starting/start-failure.ts';
import type { UnstartedContainer } from '../../reading/pods/starting/start-failure.ts';
import type { Analyzer } from '../analyzer.ts';
import * as codes from './codes.ts';
import { checkNodeStarts } from './node-starts.ts';
import { moreEvidence, sentence } from './telling.ts';
import type { Unstarted } from './telling.ts';

const codeOf: Partial<Record<StartClass, CodeEntry>> = {
  'command-missing': codes.commandMissing,
  'not-executable': codes.notExecutable,
  'argument-list': codes.argumentList,
  'working-directory': codes.badWorkingDirectory,
  hook: codes.hookFailed,
  'root-user': codes.runsAsRoot,
  'security-profile': codes.securityProfile,
  'user-namespace': codes.userNamespace,
  'absent-container': codes.absentContainer,
  'runtime-slow': codes.runtimeSlow,
  'init-lost': codes.startFailed,
  other: codes.startFailed,
};

/** Going back to an earlier template changes nothing about these. */
const notOfTheTemplate = new Set<CodeEntry>([codes.hookFailed, codes.runtimeSlow]);

/** Its node may start no container at all. */
function onNode({ spec }: Unstarted['pod']): readonly Because[] {
  const node = spec.nodeName ?? '';
  return node === '' ? [] : [{ object: refByName('Node', '', node), codes: ['node.container.'] }];
}

/** What befalls every pod of a node is told once. */
function ofNode({ spec }: Unstarted['pod']): Partial<Finding> {
  const node = spec.nodeName ?? '';
  return node === '' ? {} : { sharedWith: node, because: [{ object: refByName('Node', '', node), codes: ['node.'] }] };
}

function startFinding(snapshot: Snapshot, code: CodeEntry, unstarted: Unstarted): Finding {
  const { pod, ref, view, said, since } = unstarted;
  return finding(code, {
    object: ref,
    cause: sentence(code, unstarted),
    evidence: [said, ...moreEvidence(code, unstarted)],
    since,
    confidence: code === codes.startFailed ? 'medium' : 'high',
    facet: view.spec.name,
    generic: code === codes.startFailed,
    ...(code === codes.runtimeSlow ? ofNode(pod) : {}),
    ...(code === codes.startFailed ? { because: onNode(pod) } : {}),
    changes: notOfTheTemplate.has(code) ? [] : undoChanges(snapshot, pod),
  });
}

function checkStart(snapshot: Snapshot, unstarted: UnstartedContainer): Finding[] {
  const { pod, ref, view, failure } = unstarted;
  const code = codeOf[startClassOf(failure.reason, failure.message)];
  // What is short of memory is told by the memory.
  if (code === undefined || narrowStart(unstarted) !== undefined) return [];
  const { event, path, message, reason } = failure;
  const said =
    event === undefined
      ? fromStatus(ref, path, messageEnd(message) || reason)
      : fromEvent({ ...event, message: messageEnd(event.message) });
  const since = event?.first ?? lastTermination(view.status)?.finishedAt ?? pod.metadata.creationTimestamp ?? '';
  return [startFinding(snapshot, code, { pod, ref, view, message, said, since })];
}

/** Newer runtimes look for the file first, and say then that it is missing in other words: here the file was found. */
const foundAndNotRun = /^exec \S+: no such file or directory$/;

function lineThatTells(crash: CrashingContainer): { code: CodeEntry; line: OutputLine } | undefined {
  const last = crash.output.at(-1);
  if (last !== undefined && foundAndNotRun.test(last.lower.trim())) {
    return { code: codes.interpreterMissing, line: last };
  }
  for (const line of crash.output.slice(-5).toReversed()) {
    const kind = startClassOf('', line.text);
    if (kind === 'command-missing') return { code: codes.commandMissing, line };
    if (kind === 'argument-list') return { code: codes.argumentList, line };
    if (kind === 'not-executable') return { code: codes.notExecutable, line };
  }
  return undefined;
}

/** The word before ": not found" in a shell's complaint. */
function complainedOf(line: OutputLine): string {
  for (const words of [
    ': not found',
    ': command not found',
    ': No such file',
    ': no such file',
    ': Permission denied',
    ': permission denied',
  ]) {
    const at = line.text.indexOf(words);
    const word = at <= 0 ? '' : (line.text.slice(0, at).split(': ').at(-1) ?? '');
    // Init programs tell it in a sentence of their own: `exec /app/run.sh failed`.
    if (word !== '') return /\bexec (\S{1,200}) failed$/.exec(word)?.[1] ?? word.replace(/^exec /, '');
  }
  return '';
}

/** A shell in the container found nothing to run. */
function checkShell(snapshot: Snapshot, crash: CrashingContainer): Finding[] {
  const { pod, ref, view, ended, ending } = crash;
  if (ending !== 'never-started' || startFailureOf(snapshot, pod, view) !== undefined) return [];
  const told = lineThatTells(crash);
  if (told === undefined) return [];
  const said = fromOutput(ref, view, told.line);
  const message = `exec: "${complainedOf(told.line)}"`;
  return [startFinding(snapshot, told.code, { pod, ref, view, message, said, since: ended?.finishedAt ?? '' })];
}

/** The kubelet kills a container whose hook failed; what remains is the event. */
function checkHook(snapshot: Snapshot, crash: CrashingContainer): Finding[] {
  const { pod, ref, view, ended } = crash;
  if (startFailureOf(snapshot, pod, view) !== undefined) return [];
  const event = newestEvents(snapshot, ref, 'FailedPostStartHook').find(
    (e) => concernsContainer(e, view.spec.name) && isRecent(snapshot, e.last),
  );
  if (event === undefined) return [];
  return [
    startFinding(snapshot, codes.hookFailed, {
      pod,
      ref,
      view,
      message: event.message,
      said: fromEvent(event),
      since: event.first ?? ended?.finishedAt ?? '',
    }),
  ];
}

export const containerStart: Analyzer = {
  name: 'container-start',
  codes: Object.values(codes),
  analyze: (snapshot) => [
    ...checkNodeStarts(snapshot),
    ...unstartedContainers(snapshot).flatMap((unstarted) => checkStart(snapshot, unstarted)),
    ...crashingContainers(snapshot).flatMap((crash) => [...checkShell(snapshot, crash), ...checkHook(snapshot, crash)]),
  ],
};
