import type { Evidence } from '@autodevops/domain/diagnosis';
import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { crashingContainers } from '../../reading/pods/crashing-container.ts';
import type { CrashingContainer } from '../../reading/pods/crashing-container.ts';
import { concernsContainer } from '../../reading/pods/event-container.ts';
import { messageEnd } from '../../reading/long-message.ts';
import type { OutputLine } from '../../reading/output/output-line.ts';
import { lastTermination } from '../../reading/pods/pod-status.ts';
import type { ContainerView } from '../../reading/pods/pod-status.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import { isRecent, newestEvents } from '../../reading/recency.ts';
import { executableIn, startClassOf } from '../../reading/pods/start-failure-class.ts';
import type { StartClass } from '../../reading/pods/start-failure-class.ts';
import { startFailureOf, unstartedContainers } from '../../reading/pods/start-failure.ts';
import type { UnstartedContainer } from '../../reading/pods/start-failure.ts';
import type { Analyzer } from '../analyzer.ts';
import * as codes from './codes.ts';

interface Unstarted {
  readonly pod: Pod;
  readonly ref: ObjectRef;
  readonly view: ContainerView;
  readonly message: string;
  readonly said: Evidence;
  readonly since: string;
}

const codeOf: Partial<Record<StartClass, CodeEntry>> = {
  'command-missing': codes.commandMissing,
  'not-executable': codes.notExecutable,
  'working-directory': codes.badWorkingDirectory,
  hook: codes.hookFailed,
  'root-user': codes.runsAsRoot,
  other: codes.startFailed,
};

function commandEvidence({ ref, view }: Unstarted): Evidence[] {
  const { command, args } = view.spec;
  const quoted: Evidence[] = [];
  if (command.length > 0) quoted.push(fromSpec(ref, `${view.path}.command`, JSON.stringify(command)));
  else if (args.length > 0) quoted.push(fromSpec(ref, `${view.path}.args`, JSON.stringify(args)));
  return quoted;
}

function sentence(code: CodeEntry, unstarted: Unstarted): string {
  const { view, message } = unstarted;
  const who = `${view.init ? 'Init container' : 'Container'} "${view.spec.name}"`;
  const executable = executableIn(message) || view.spec.command[0] || view.spec.args[0] || '';
  const what = executable === '' ? 'its command' : `its command "${executable}"`;
  switch (code.code) {
    case codes.commandMissing.code:
      return `${who} cannot start: ${what} is not found in image "${view.spec.image}".`;
    case codes.interpreterMissing.code:
      return `${who} cannot start: ${what} is in image "${view.spec.image}", but not what should run it, the interpreter or loader that the file names.`;
    case codes.notExecutable.code:
      return `${who} cannot start: ${what} may not be executed in image "${view.spec.image}".`;
    case codes.badWorkingDirectory.code:
      return `${who} cannot start: its working directory${view.spec.workingDir === undefined ? '' : ` "${view.spec.workingDir}"`} cannot be entered.`;
    case codes.hookFailed.code:
      return `${who} is killed after each start because its postStart hook fails.`;
    case codes.runsAsRoot.code:
      return `${who} is not started: it must not run as root, and image "${view.spec.image}" ${message.includes('non-numeric') ? 'names its user without a number, which cannot be checked' : 'would run as root'}.`;
    default:
      return `${who} cannot be created or started: ${messageEnd(message) || 'the kubelet gives no reason'}.`;
  }
}

function hasCommandProblem(code: CodeEntry): boolean {
  return code === codes.commandMissing || code === codes.notExecutable || code === codes.interpreterMissing;
}

function startFinding(snapshot: Snapshot, code: CodeEntry, unstarted: Unstarted): Finding {
  const { pod, ref, view, said, since } = unstarted;
  return finding(code, {
    object: ref,
    cause: sentence(code, unstarted),
    evidence: [said, ...(hasCommandProblem(code) ? commandEvidence(unstarted) : [])],
    since,
    confidence: code === codes.startFailed ? 'medium' : 'high',
    facet: view.spec.name,
    generic: code === codes.startFailed,
    changes: code === codes.hookFailed ? [] : undoChanges(snapshot, pod),
  });
}

function checkStart(snapshot: Snapshot, { pod, ref, view, failure }: UnstartedContainer): Finding[] {
  const code = codeOf[startClassOf(failure.reason, failure.message)];
  if (code === undefined) return [];
  const { event, path, message, reason } = failure;
  const said = event === undefined ? fromStatus(ref, path, messageEnd(message) || reason) : fromEvent({ ...event, message: messageEnd(event.message) });
  const since = event?.first ?? lastTermination(view.status)?.finishedAt ?? pod.metadata.creationTimestamp ?? '';
  return [startFinding(snapshot, code, { pod, ref, view, message, said, since })];
}

/** Newer runtimes look for the file first, and say then that it is missing in other words: here the file was found. */
const foundAndNotRun = /^exec \S+: no such file or directory$/;

function lineThatTells(crash: CrashingContainer): { code: CodeEntry; line: OutputLine } | undefined {
  const last = crash.output.at(-1);
  if (last !== undefined && foundAndNotRun.test(last.lower.trim())) return { code: codes.interpreterMissing, line: last };
  for (const line of crash.output.slice(-5).toReversed()) {
    const kind = startClassOf('', line.text);
    if (kind === 'command-missing') return { code: codes.commandMissing, line };
    if (kind === 'not-executable') return { code: codes.notExecutable, line };
  }
  return undefined;
}

/** The word before ": not found" in a shell's complaint. */
function complainedOf(line: OutputLine): string {
  for (const words of [': not found', ': command not found', ': No such file', ': no such file', ': Permission denied', ': permission denied']) {
    const at = line.text.indexOf(words);
    const word = at <= 0 ? '' : (line.text.slice(0, at).split(': ').at(-1) ?? '');
    if (word !== '') return word.replace(/^exec /, '');
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
  const event = newestEvents(snapshot, ref, 'FailedPostStartHook').find((e) => concernsContainer(e, view.spec.name) && isRecent(snapshot, e.last));
  if (event === undefined) return [];
  return [startFinding(snapshot, codes.hookFailed, { pod, ref, view, message: event.message, said: fromEvent(event), since: event.first ?? ended?.finishedAt ?? '' })];
}

export const containerStart: Analyzer = {
  name: 'container-start',
  kinds: ['Pod'],
  codes: Object.values(codes),
  analyze: (snapshot) => [
    ...unstartedContainers(snapshot).flatMap((unstarted) => checkStart(snapshot, unstarted)),
    ...crashingContainers(snapshot).flatMap((crash) => [...checkShell(snapshot, crash), ...checkHook(snapshot, crash)]),
  ],
};
