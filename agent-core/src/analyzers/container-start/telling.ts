import type { Evidence } from '@autodevops/domain/diagnosis';
import type { CodeEntry } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { fromSpec } from '../../evidence/finding.ts';
import { messageEnd } from '../../reading/long-message.ts';
import { volumeText } from '../../reading/pods/volumes/mount-of-path.ts';
import type { ContainerView } from '../../reading/pods/pod-status.ts';
import { absentContainerIn, executableIn, profileIn } from '../../reading/pods/starting/start-failure-class.ts';
import { said } from '../../reading/said.ts';
import * as codes from './codes.ts';

/** A container that could not be created or started, with the words of whoever tried. */
export interface Unstarted {
  readonly pod: Pod;
  readonly ref: ObjectRef;
  readonly view: ContainerView;
  readonly message: string;
  readonly said: Evidence;
  readonly since: string;
}

function commandEvidence({ ref, view }: Unstarted): Evidence[] {
  const { command, args } = view.spec;
  const quoted: Evidence[] = [];
  if (command.length > 0) quoted.push(fromSpec(ref, `${view.path}.command`, JSON.stringify(command)));
  else if (args.length > 0) quoted.push(fromSpec(ref, `${view.path}.args`, JSON.stringify(args)));
  return quoted;
}

/** The volume in whose folder the runtime failed: `.../volumes/kubernetes.io~nfs/assets`. */
function idMappedVolume({ pod, message }: Unstarted): string {
  const named = /\/volumes\/[^/\s]+\/([^/:\s]+)/.exec(message)?.[1] ?? '';
  const volume = pod.spec.volumes.find(({ name }) => name === named);
  return volume === undefined ? 'one of its volumes' : `volume "${named}" (${volumeText(volume)})`;
}

/** The variables that take a resource of the container which is not there. */
function referring({ view, message }: Unstarted): readonly string[] {
  const absent = absentContainerIn(message);
  return view.spec.env
    .filter(({ valueFrom }) => valueFrom?.resourceFieldRef?.containerName === absent)
    .map(({ name }) => `"${name}"`);
}

/** What stands beside the quoted message: the fields that it is about. */
export function moreEvidence(code: CodeEntry, unstarted: Unstarted): Evidence[] {
  const { ref, view, pod, message } = unstarted;
  if (hasCommandProblem(code)) return commandEvidence(unstarted);
  if (code === codes.userNamespace && pod.spec.hostUsers === false) return [fromSpec(ref, 'spec.hostUsers', 'false')];
  if (code !== codes.absentContainer) return [];
  const absent = absentContainerIn(message);
  return view.spec.env.flatMap(({ valueFrom }, index) =>
    valueFrom?.resourceFieldRef?.containerName === absent
      ? [fromSpec(ref, `${view.path}.env[${index}].valueFrom.resourceFieldRef.containerName`, absent)]
      : [],
  );
}

/** What the hook itself wrote, which the kubelet quotes as Go quotes it; else the error that it met. Newer kubelets tell neither. */
function hookSaid(message: string): string {
  const at = message.lastIndexOf(', message: "');
  const wrote = at < 0 ? '' : message.slice(at + 12).replace(/"[^"]*$/, '');
  const error = /\bexited with \d{1,3}\b/.exec(message)?.[0] ?? '';
  const text = wrote === '' ? error : wrote.replaceAll('\\n', ' ').replaceAll(/\\(.)/g, '$1');
  return text.trim() === '' ? '' : `: ${said(text.trim(), 160)}`;
}

/** Which folder the runtime could not enter, and as whom. */
function folderRefused({ view, pod, message }: Unstarted): string {
  const folder = view.spec.workingDir ?? /chdir to cwd \(\\?"([^"\\]{1,200})/.exec(message)?.[1];
  const user = view.spec.securityContext.runAsUser ?? pod.spec.securityContext.runAsUser;
  const by = message.includes('permission denied') && user !== undefined ? ` by user ${user}` : '';
  return `its working directory${folder === undefined ? '' : ` "${folder}"`} cannot be entered${by}`;
}

/** The cause in a sentence. */
export function sentence(code: CodeEntry, unstarted: Unstarted): string {
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
    case codes.argumentList.code:
      return `${who} cannot start: its arguments and environment together are longer than the kernel takes${unstarted.pod.spec.enableServiceLinks === false ? '' : ', and the variables of every Service of its namespace are among them'}.`;
    case codes.badWorkingDirectory.code:
      return `${who} cannot start: ${folderRefused(unstarted)}.`;
    case codes.hookFailed.code:
      return `${who} is killed after each start because its postStart hook fails${hookSaid(message)}.`;
    case codes.runsAsRoot.code:
      return `${who} is not started: it must not run as root, and image "${view.spec.image}" ${message.includes('non-numeric') ? 'names its user without a number, which cannot be checked' : 'would run as root'}.`;
    case codes.securityProfile.code:
      return `${who} is not started: node ${unstarted.pod.spec.nodeName ?? 'its node'} does not have the security profile${profileIn(message) === '' ? '' : ` "${profileIn(message)}"`} under which it must run.`;
    case codes.userNamespace.code:
      return `${who} is not started: its pod has a user namespace of its own, and ${idMappedVolume(unstarted)} cannot be mounted with mapped user IDs.`;
    case codes.runtimeSlow.code:
      return `${who} is not made: the container runtime of node ${unstarted.pod.spec.nodeName ?? 'its node'} does not answer in time (${said(message.replace(/^Error: /, ''), 120)}).`;
    case codes.absentContainer.code:
      return `${who} is not created: variable ${referring(unstarted).join(', ')} takes a resource of container "${absentContainerIn(message)}", which the pod does not have.`;
    default:
      return `${who} cannot be created or started: ${messageEnd(message) || 'the kubelet gives no reason'}.`;
  }
}

function hasCommandProblem(code: CodeEntry): boolean {
  return code === codes.commandMissing || code === codes.notExecutable || code === codes.interpreterMissing;
}
