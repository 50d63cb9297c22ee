import { formatDuration } from '@autodevops/domain/duration';
import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Because, CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { correctedSince } from '../../evidence/corrected-template.ts';
import { unspokenCauses } from '../../evidence/dependency-evidence.ts';
import { finding, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { crashBeganAt } from '../../reading/pods/crashes/crash-beginning.ts';
import { crashVerdict } from '../../reading/pods/crashes/crash-verdict.ts';
import { crashingContainers, runLength } from '../../reading/pods/crashes/crashing-container.ts';
import type { CrashingContainer } from '../../reading/pods/crashes/crashing-container.ts';
import { detailLine, detailText } from '../../reading/output/detail-line.ts';
import { components, controlPlanePods } from '../../reading/platform/control-plane-pods.ts';
import { neighbourWords } from '../../reading/network/neighbour-words.ts';
import type { NeighbourWords } from '../../reading/network/neighbour-words.ts';
import { exitText } from '../../reading/pods/crashes/exit-code.ts';
import type { FailureKind } from '../../reading/output/failures/failure-kind.ts';
import type { OutputLine } from '../../reading/output/output-line.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { tellingLine } from '../../reading/output/alarming-line.ts';
import { said } from '../../reading/said.ts';
import { ownFrame } from '../../reading/output/stack-frame.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import type { Analyzer } from '../analyzer.ts';
import { crashLoop, leaseLost, uncaughtError } from './codes.ts';

function statusEvidence(crash: CrashingContainer): Evidence {
  const { ref, view, ended } = crash;
  const statuses = `status.${view.init ? 'initContainerStatuses' : 'containerStatuses'}[name=${view.spec.name}]`;
  if (ended === undefined) {
    return fromStatus(
      ref,
      `${statuses}.state.waiting.reason`,
      view.status?.state.waiting?.reason ?? 'CrashLoopBackOff',
    );
  }
  const which = view.status?.state.terminated === undefined ? 'lastState' : 'state';
  return fromStatus(
    ref,
    `${statuses}.${which}.terminated`,
    `${ended.reason ?? 'Error'}, exit code ${ended.exitCode ?? '?'}`,
    ended.finishedAt ?? '',
  );
}

function ends(crash: CrashingContainer): string {
  const { ended, restarts, view } = crash;
  const who = `${view.init && !view.sidecar ? 'Init container' : 'Container'} "${view.spec.name}"`;
  const length = runLength(ended);
  const after = length === undefined ? '' : ` after ${formatDuration(length)}`;
  const times = restarts === 0 ? '' : `, ${restarts} ${restarts === 1 ? 'restart' : 'restarts'} so far`;
  return `${who} ends with ${ended === undefined ? 'an unknown exit code' : exitText(ended)}${after}${times}`;
}

/** Errors of RPC and of the clouds' libraries say what happened in their innermost part. */
const ofServices = /\b(?:rpc|api|operation) error\b|googleapi: |StatusCode: \d|status code: \d{3}\b/;

function saidIn(line: OutputLine | undefined, detail: readonly OutputLine[]): string {
  if (line === undefined) return '';
  const told = detail.find((one) => /detail:/i.test(one.text));
  const more = told === undefined ? '' : detailText(told);
  const text = tellingPart(line);
  const words = text.length > 160 && ofServices.test(text) ? rootError(text) : oneLine(redact(text), 200);
  return `; it last says: ${words}${more === '' ? '' : ` (${oneLine(redact(more), 160)})`}`;
}

/** Where it fails at an address of its own pod, the words of the container that serves there. */
function saidBeside(beside: NeighbourWords | undefined): string {
  return beside === undefined
    ? ''
    : `. Container "${beside.view.spec.name}" of the same pod, which serves there, says: ${said(tellingPart(beside.line))}`;
}

/** The lines beside it that say where in the program, and what in detail: PostgreSQL puts the reason into a line of its own. */
function beside(crash: CrashingContainer, line: OutputLine | undefined): readonly OutputLine[] {
  if (line === undefined) return [];
  const detail = detailLine(crash.output, line);
  const frame = ownFrame(crash.output, crash.output.indexOf(line));
  return [detail, frame].filter((one) => one !== undefined);
}

/** A container that ended for good, or never ended before, has no earlier log to read. */
function steps(code: CodeEntry, { view }: CrashingContainer): readonly string[] {
  return view.status?.lastState.terminated === undefined
    ? code.nextSteps.map((step) => step.replace(' --previous`', '`').replace('of the run before', 'of its log'))
    : code.nextSteps;
}

/** SIGABRT, SIGBUS, SIGFPE, SIGSEGV: the program itself did what the kernel does not allow, or gave up. */
const faults = new Set([134, 135, 136, 139]);

function endsByFault({ ended }: CrashingContainer): boolean {
  return faults.has(ended?.exitCode ?? 0);
}

const ofLeases = [
  'leader election lost',
  'leaderelection lost',
  'lost leader election',
  'failed to renew lease',
  'leader lease lost',
  'lost the lease',
];

/** The last line in which it says that it lost its lease. */
function leaseLine(output: readonly OutputLine[]): OutputLine | undefined {
  return output.slice(-20).findLast(({ lower }) => ofLeases.some((words) => lower.includes(words)));
}

function codeFor(crash: CrashingContainer, kind: FailureKind | undefined): CodeEntry {
  if (kind === undefined && leaseLine(crash.output) !== undefined) return leaseLost;
  return kind === 'uncaught' || endsByFault(crash) ? uncaughtError : crashLoop;
}

function check(snapshot: Snapshot, crash: CrashingContainer): Finding[] {
  const { ref, view, output, ending, pod } = crash;
  if (ending !== 'failed') return [];
  const verdict = crashVerdict(crash);
  const known = verdict !== undefined && verdict.kind !== 'uncaught' && verdict.kind !== 'forbidden';
  if (known || (verdict === undefined && view.init && !view.sidecar)) return [];
  const code = codeFor(crash, verdict?.kind);
  const line = verdict?.line ?? (code === leaseLost ? leaseLine(output) : tellingLine(output));
  const detail = beside(crash, line);
  const neighbour = neighbourWords(snapshot, pod, view, line);
  const node = pod.spec.nodeName;
  return [
    finding(code, {
      object: ref,
      cause:
        `${ends(crash)}${code === leaseLost ? ', since it could not renew its lease at the API server in time' : ''}${saidIn(line, detail).replace(/\.$/, '')}${saidBeside(neighbour)}`.replace(
          /\.?$/,
          '.',
        ),
      evidence: [
        ...(line === undefined ? [] : [line, ...detail].map((one) => fromOutput(ref, view, one))),
        ...(neighbour === undefined ? [] : [fromOutput(ref, neighbour.view, neighbour.line)]),
        statusEvidence(crash),
      ],
      since: crashBeganAt(snapshot, crash),
      confidence: code === crashLoop ? 'low' : 'medium',
      facet: view.spec.name,
      nextSteps: steps(code, crash),
      generic: code === crashLoop,
      because: [
        ...correctedSince(snapshot, pod),
        ...(node === undefined
          ? []
          : [
              {
                object: refByName('Node', '', node),
                codes: ['node.not-ready', 'node.memory', 'node.disk', 'node.sandbox.remade'],
              },
            ]),
        ...storeBehind(snapshot, pod),
        ...(neighbour?.verdict === undefined ? [] : [{ object: ref, codes: ['pod.dependency.'] }]),
        ...(output.length === 0 ? unspokenCauses(snapshot, pod, view.spec.name) : []),
      ],
      changes: undoChanges(snapshot, pod),
    }),
  ];
}

/** Whatever writes to the API ends when it can renew no lease: a slow or full store ends the whole control plane. */
function storeBehind(snapshot: Snapshot, pod: Pod): readonly Because[] {
  const ofControlPlane = components.some(
    (component) => component !== 'etcd' && controlPlanePods(snapshot, component).includes(pod),
  );
  return ofControlPlane
    ? controlPlanePods(snapshot, 'etcd').map((member) => ({
        object: refTo('Pod', member),
        codes: ['control-plane.etcd'],
      }))
    : [];
}

export const containerCrash: Analyzer = {
  name: 'container-crash',
  codes: [uncaughtError, leaseLost, crashLoop],
  analyze: (snapshot) => crashingContainers(snapshot).flatMap((crash) => check(snapshot, crash)),
};
