import type { Pod, Volume } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { fromSpec } from '../../evidence/finding.ts';
import { missingKeySteps } from '../../evidence/missing-key-steps.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import type { Told } from '../../evidence/told.ts';
import { mentionedPath } from '../../reading/output/mentioned-path.ts';
import { mountOfPath, volumeText } from '../../reading/pods/volumes/mount-of-path.ts';
import type { MountOfPath } from '../../reading/pods/volumes/mount-of-path.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';

/** How programs say that a path is a folder which should be a file. */
export const folderWords: readonly string[] = ['is a directory', 'isadirectory', 'eisdir', 'operation on a directory'];

/** The files that the volume holds, unless it is no ConfigMap or Secret that can be seen. */
function filesIn(snapshot: Snapshot, pod: Pod, { configMap, secret }: Volume): readonly string[] | undefined {
  const items = configMap?.items ?? secret?.items ?? [];
  if (items.length > 0) return items.map(({ path }) => path);
  const { namespace } = pod.metadata;
  const map = configMap === undefined ? undefined : snapshot.get('ConfigMap', namespace, configMap.name);
  if (map !== undefined) return [...Object.keys(map.data), ...map.binaryData];
  return secret === undefined ? undefined : snapshot.get('Secret', namespace, secret.secretName)?.keys;
}

/** The kubelet makes a folder of a subPath that the volume does not have. */
function isMadeFolder(snapshot: Snapshot, pod: Pod, { mount, volume }: MountOfPath): boolean {
  const { subPath = '' } = mount;
  const files = volume === undefined || subPath === '' ? undefined : filesIn(snapshot, pod, volume);
  return files !== undefined && !files.some((file) => file === subPath || file.startsWith(`${subPath}/`));
}

/** The mount of the path that the line names; of a line without one, the only mount that is such a folder. */
function mountMeant(snapshot: Snapshot, { pod, view, verdict }: TroubledContainer): MountOfPath | undefined {
  const path = mentionedPath(verdict.line.text, folderWords);
  const paths = path === '' ? view.spec.volumeMounts.map(({ mountPath }) => mountPath) : [path];
  const made = paths
    .map((one) => mountOfPath(pod, view, one))
    .filter((mounted) => mounted !== undefined && isMadeFolder(snapshot, pod, mounted));
  return made.length === 1 ? made[0] : undefined;
}

/** A folder that nobody can say where it comes from: of the image, or of what is mounted there. */
function strangeFolder({ ref, view, verdict, pod }: TroubledContainer, who: string, then: string): Told {
  const path = mentionedPath(verdict.line.text, folderWords);
  const mounted = path === '' ? undefined : mountOfPath(pod, view, path);
  const where =
    mounted === undefined ? '' : `, where ${volumeText(mounted.volume)} is mounted at ${mounted.mount.mountPath},`;
  return {
    cause: `${who} finds a folder in place of ${path === '' ? 'a file' : `the file "${path}"`}${where} ${then}.`,
    evidence: [
      fromOutput(ref, view, verdict.line),
      ...(mounted === undefined ? [] : [fromSpec(ref, `${mounted.path}.mountPath`, mounted.mount.mountPath)]),
    ],
    confidence: 'medium',
    nextSteps: [
      'See what makes the folder: a volume that is mounted at the path of the file without `subPath`, a hostPath that was not there, or the path that the program is given.',
    ],
  };
}

/** A file is wanted where a folder is; undefined where the container complains of something else. */
export function folderInPlace(snapshot: Snapshot, troubled: TroubledContainer): Told | undefined {
  const { ref, view, verdict, pod } = troubled;
  if (!folderWords.some((words) => verdict.line.lower.includes(words))) return undefined;
  const [who, then] = [whoSpeaks(troubled), whatFollows(troubled)];
  const mounted = mountMeant(snapshot, troubled);
  if (mounted === undefined) return strangeFolder(troubled, who, then);
  const { mount, path, volume } = mounted;
  const { subPath = '', mountPath } = mount;
  return {
    cause: `${who} finds a folder in place of the file "${mountPath}" ${then}: subPath "${subPath}" is none of the files of ${volumeText(volume)}, so an empty folder is mounted.`,
    evidence: [fromOutput(ref, view, verdict.line), fromSpec(ref, `${path}.subPath`, subPath)],
    confidence: 'high',
    nextSteps: [
      ...missingKeySteps(snapshot, pod, volume, subPath),
      `Write one of its names in \`subPath\`, or add "${subPath}" to ${volumeText(volume)}.`,
    ],
  };
}
