import type { CodeEntry } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { fromSpec } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import type { Told } from '../../evidence/told.ts';
import { mentionedPath } from '../../reading/output/mentioned-path.ts';
import { mountOfPath, volumeText } from '../../reading/pods/volumes/mount-of-path.ts';
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
  'access denied',
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

/** A hidden file or folder right below the root: where programs look for a home that their user has not. */
function isAtRoot(path: string): boolean {
  return /^\/\.[\w-]{2,}(?:\/|$)/.test(path);
}

const homeSteps = [
  'Run it as the user for whom the image is made (runAsUser), or set HOME to a folder that it may write, such as a mounted volume.',
  'Or give the user a name and a home in the image.',
];

/** Root that was left nothing but some capabilities is held to the rights of files like anybody else. */
function isBareRoot({ pod, view }: TroubledContainer): boolean {
  const { runAsUser, capabilities } = view.spec.securityContext;
  const lost = capabilities.drop.some((name) => /^(?:all|(?:cap_)?dac_override)$/i.test(name));
  const kept = capabilities.add.some((name) => /^(?:cap_)?dac_(?:override|read_search)$/i.test(name));
  return (runAsUser ?? pod.spec.securityContext.runAsUser) === 0 && lost && !kept;
}

const bareRootSteps = [
  'Add the capability DAC_OVERRIDE (for a change of owners CHOWN and FOWNER as well) to this container: root without it may not enter what belongs to another user.',
  'Or do without it: fsGroup of the pod makes the volume writable for the program, where the driver supports that.',
];

/** The path in the line itself, or else in a line beside it that complains of the same. */
function lackingPath({ verdict }: TroubledContainer): string {
  const beside = verdict.nearby.filter(({ lower }) => complaints.some((words) => lower.includes(words)));
  return (
    [verdict.line, ...beside].map(({ text }) => mentionedPath(text, complaints)).find((found) => found !== '') ?? ''
  );
}

/** A path that it may not read or write: in a volume, or in the image. */
export function permissionLacking(troubled: TroubledContainer): readonly [CodeEntry, Told] {
  const { ref, view, verdict, pod } = troubled;
  const path = lackingPath(troubled);
  const mounted = path === '' ? undefined : mountOfPath(pod, view, path);
  const complaint = fromOutput(ref, view, verdict.line);
  if (mounted === undefined) {
    const locked = view.spec.securityContext.readOnlyRootFilesystem === true;
    const what = path === '' ? 'a file' : `"${path}"`;
    const homeless = !locked && isAtRoot(path);
    const how = locked
      ? `may not write ${what} because the root file system of the container is read-only,`
      : `has no permission on ${what} (it runs as ${identity(pod, view).split(',')[0]}${homeless ? ', whose home is the root folder' : ''})`;
    const cause = `${whoSpeaks(troubled)} ${how} ${whatFollows(troubled)}${path === '' ? `: ${said(tellingPart(verdict.line), 200)}` : ''}.`;
    const writable = `Mount an emptyDir at ${path === '' ? 'the folder that it writes to' : `"${path}" (or the folder above it)`}, and leave the rest read-only.`;
    const ownSteps = locked ? { nextSteps: [writable] } : homeless ? { nextSteps: homeSteps } : {};
    const quoted = locked
      ? [complaint, fromSpec(ref, `${view.path}.securityContext.readOnlyRootFilesystem`, 'true')]
      : [complaint];
    return [filePermission, { cause, evidence: quoted, confidence: path === '' ? 'low' : 'medium', ...ownSteps }];
  }
  const bare = isBareRoot(troubled) && mounted.mount.readOnly !== true;
  const how =
    mounted.mount.readOnly === true
      ? 'mounted read-only'
      : bare
        ? 'used as root without the capability DAC_OVERRIDE'
        : `used as ${identity(pod, view)}`;
  return [
    volumePermission,
    {
      ...(bare ? { nextSteps: bareRootSteps } : {}),
      cause: `${whoSpeaks(troubled)} has no permission on "${path}" in ${volumeText(mounted.volume)}, ${how}, ${whatFollows(troubled)}.`,
      evidence: [
        complaint,
        fromSpec(ref, `${mounted.path}.mountPath`, mounted.mount.mountPath),
        ...(bare
          ? [
              fromSpec(
                ref,
                `${view.path}.securityContext.capabilities.drop`,
                view.spec.securityContext.capabilities.drop.join(', '),
              ),
            ]
          : []),
      ],
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
