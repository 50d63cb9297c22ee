import type { CodeEntry } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { fromSpec } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import type { Told } from '../../evidence/told.ts';
import { mentionedPath } from '../../reading/output/mentioned-path.ts';
import { mountOfPath, volumeText } from '../../reading/pods/mount-of-path.ts';
import type { ContainerView } from '../../reading/pods/pod-status.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { said } from '../../reading/said.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import { filePermission, modeTooOpen, unknownUser, volumePermission } from './codes.ts';

const complaints = [
  'permission denied',
  'eacces',
  'operation not permitted',
  'read-only file system',
  'erofs',
  'accessdenied',
  'not writable',
  'access to the path',
  'unable to write',
  'temporary directory',
  'tempdir',
];

/** `user 1000, fsGroup not set`: as whom the container runs, where the pod says so. */
export function identity(pod: Pod, view: ContainerView): string {
  const user = view.spec.securityContext.runAsUser ?? pod.spec.securityContext.runAsUser;
  const group = pod.spec.securityContext.fsGroup;
  return `${user === undefined ? 'the user of its image' : `user ${user}`}, ${group === undefined ? 'without fsGroup' : `fsGroup ${group}`}`;
}

/** A path that it may not read or write: in a volume, or in the image. */
export function permissionLacking(troubled: TroubledContainer): readonly [CodeEntry, Told] {
  const { ref, view, verdict, pod } = troubled;
  const path = mentionedPath(verdict.line.text, complaints);
  const mounted = path === '' ? undefined : mountOfPath(pod, view, path);
  const complaint = fromOutput(ref, view, verdict.line);
  if (mounted === undefined) {
    const locked = view.spec.securityContext.readOnlyRootFilesystem === true;
    const what = path === '' ? 'a file' : `"${path}"`;
    const how = locked
      ? `may not write ${what} because the root file system of the container is read-only,`
      : `has no permission on ${what} (it runs as ${identity(pod, view).split(',')[0]})`;
    const cause = `${whoSpeaks(troubled)} ${how} ${whatFollows(troubled)}${path === '' ? `: ${said(tellingPart(verdict.line), 200)}` : ''}.`;
    const nextSteps = [
      `Mount an emptyDir at ${path === '' ? 'the folder that it writes to' : `"${path}" (or the folder above it)`}, and leave the rest read-only.`,
    ];
    const quoted = locked
      ? [complaint, fromSpec(ref, `${view.path}.securityContext.readOnlyRootFilesystem`, 'true')]
      : [complaint];
    return [
      filePermission,
      { cause, evidence: quoted, confidence: path === '' ? 'low' : 'medium', ...(locked ? { nextSteps } : {}) },
    ];
  }
  const how = mounted.mount.readOnly === true ? 'mounted read-only' : `used as ${identity(pod, view)}`;
  return [
    volumePermission,
    {
      cause: `${whoSpeaks(troubled)} has no permission on "${path}" in ${volumeText(mounted.volume)}, ${how}, ${whatFollows(troubled)}.`,
      evidence: [complaint, fromSpec(ref, `${mounted.path}.mountPath`, mounted.mount.mountPath)],
    },
  ];
}

/** A secret file that others may read. */
export function modeRefused(troubled: TroubledContainer): readonly [CodeEntry, Told] {
  const { ref, view, verdict, pod } = troubled;
  const path =
    [verdict.line, ...verdict.nearby].map(({ text }) => mentionedPath(text, [])).find((found) => found !== '') ?? '';
  const mounted = path === '' ? undefined : mountOfPath(pod, view, path);
  const group = pod.spec.securityContext.fsGroup;
  const which = path === '' ? 'a file' : `"${path}"`;
  const of = mounted === undefined ? '' : ` of ${volumeText(mounted.volume)}`;
  return [
    modeTooOpen,
    {
      cause: `${whoSpeaks(troubled)} refuses ${which}${of} because others than its owner may read it${group === undefined ? '' : ` (fsGroup ${group} opens volumes to the group)`}, ${whatFollows(troubled)}.`,
      evidence: [
        fromOutput(ref, view, verdict.line),
        ...(mounted === undefined ? [] : [fromSpec(ref, `${mounted.path}.mountPath`, mounted.mount.mountPath)]),
        ...(group === undefined ? [] : [fromSpec(ref, 'spec.securityContext.fsGroup', String(group))]),
      ],
    },
  ];
}

/** A user number that the image has no name for. */
export function userUnknown(troubled: TroubledContainer): readonly [CodeEntry, Told] {
  const { ref, view, verdict, pod } = troubled;
  const user = view.spec.securityContext.runAsUser ?? pod.spec.securityContext.runAsUser;
  const as = user === undefined ? 'the user that it runs as' : `user ${user}, as which it runs`;
  return [
    unknownUser,
    {
      cause: `${whoSpeaks(troubled)} does not know ${as}, ${whatFollows(troubled)}: ${said(verdict.line.text, 160)}.`,
      evidence: [
        fromOutput(ref, view, verdict.line),
        ...(user === undefined
          ? []
          : [
              fromSpec(
                ref,
                `${view.spec.securityContext.runAsUser === undefined ? 'spec' : view.path}.securityContext.runAsUser`,
                String(user),
              ),
            ]),
      ],
    },
  ];
}
