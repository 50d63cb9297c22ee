import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refKey, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { detailLine, detailText } from '../../reading/output/detail-line.ts';
import { mentionedPath } from '../../reading/output/mentioned-path.ts';
import { networkFileSystem } from '../../reading/pods/volumes/network-file-system.ts';
import { mountOfPath, volumeText } from '../../reading/pods/volumes/mount-of-path.ts';
import type { MountOfPath } from '../../reading/pods/volumes/mount-of-path.ts';
import type { FailureKind } from '../../reading/output/failures/failure-kind.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import { said } from '../../reading/said.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { settingSource } from '../../reading/pods/configuration/setting-source.ts';
import type { SettingSource } from '../../reading/pods/configuration/setting-source.ts';
import { troubledContainers } from '../../reading/pods/troubled-container.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import type { Analyzer } from '../analyzer.ts';
import { dataDamaged, dataInTheWay, dataLocked, dataOfAnother, fixedSetting, memberKnown, staleLock } from './codes.ts';
import { otherHolders } from './other-holders.ts';

const codeOf: Partial<Record<FailureKind, CodeEntry>> = {
  'data-damaged': dataDamaged,
  'data-of-another': dataOfAnother,
  'data-in-the-way': dataInTheWay,
  'data-locked': dataLocked,
  'data-setting': fixedSetting,
  'member-known': memberKnown,
  'stale-lock': staleLock,
};

/** The mount of which the lines speak, else the only one of a claim. */
function dataMount({ pod, view, verdict }: TroubledContainer): MountOfPath | undefined {
  const paths = [verdict.line, ...verdict.nearby.toReversed()].map(({ text }) => mentionedPath(text, []));
  const named = paths
    .map((path) => (path === '' ? undefined : mountOfPath(pod, view, path)))
    .find((mounted) => mounted !== undefined);
  if (named !== undefined) return named;
  const claims = view.spec.volumeMounts
    .map((mount) => mountOfPath(pod, view, mount.mountPath))
    .filter((mounted) => mounted?.volume?.persistentVolumeClaim !== undefined);
  return claims.length === 1 ? claims[0] : undefined;
}

const whatIsWrong: ReadonlyMap<CodeEntry, (where: string) => string> = new Map([
  [dataDamaged, (where) => `finds its data${where} damaged`],
  [dataOfAnother, (where) => `does not accept the data${where}, which another version or cluster wrote,`],
  [dataInTheWay, (where) => `is to set up its data${where}, where something is already,`],
  [fixedSetting, (where) => `has a setting that its data${where} was not made with`],
  [dataLocked, (where) => `finds its data${where} locked`],
  [
    memberKnown,
    (where) => `may not join its cluster, which still knows a member like it with other data than it has${where},`,
  ],
  [staleLock, (where) => `finds a file of an earlier run${where}`],
]);

/** Databases in files rely on locks that shares of files keep badly. */
const onShare =
  'Put the files of the database on a disk of its own (a volume with ReadWriteOnce from block storage): SQLite and the like do not work reliably on a share, however few open it.';

interface Around {
  /** What kind of share holds the locked data. */
  readonly share: string | undefined;
  readonly mounted: MountOfPath | undefined;
  readonly holder: Pod | undefined;
  readonly source: SettingSource | undefined;
}

function sentence(code: CodeEntry, troubled: TroubledContainer, { mounted, holder, source, share }: Around): string {
  const told = source === undefined ? '' : `; it is told so in ${source.where}`;
  const { output, verdict } = troubled;
  const where =
    mounted === undefined
      ? ''
      : ` in ${volumeText(mounted.volume)}${share === undefined ? '' : `, a share of ${share},`}`;
  const by = holder === undefined ? '' : ` by pod ${holder.metadata.name}, which mounts it too,`;
  const detail = detailLine(output, verdict.line);
  const words = `${said(tellingPart(verdict.line), 200)}${detail === undefined ? '' : ` (${said(detailText(detail), 200)})`}`;
  return `${whoSpeaks(troubled)} ${whatIsWrong.get(code)?.(where) ?? ''}${by} ${whatFollows(troubled)}: ${words}${told}.`;
}

/** An old pod of the same Deployment ends only once the new one is ready. */
function lockSteps(snapshot: Snapshot, pod: Pod, holder: Pod | undefined): readonly string[] {
  const owner = workloadOf(snapshot, pod);
  const own =
    holder !== undefined && owner.kind === 'Deployment' && refKey(workloadOf(snapshot, holder)) === refKey(owner);
  return own
    ? [
        `Set the strategy of Deployment ${owner.name} to Recreate: a RollingUpdate ends pod ${holder.metadata.name}, which has the volume, only when the new pod is ready.`,
      ]
    : [];
}

function check(snapshot: Snapshot, troubled: TroubledContainer): Finding[] {
  const code = codeOf[troubled.verdict.kind];
  if (code === undefined) return [];
  const { ref, view, verdict, output, pod, since } = troubled;
  const mounted = dataMount(troubled);
  const claim = mounted?.volume?.persistentVolumeClaim?.claimName;
  const detail = detailLine(output, verdict.line);
  const holder = code === dataLocked && claim !== undefined ? otherHolders(snapshot, pod, claim)[0] : undefined;
  const share = code === dataLocked && holder === undefined ? networkFileSystem(snapshot, pod, mounted) : undefined;
  const source = code === fixedSetting ? settingSource(snapshot, pod, view, verdict.line.text) : undefined;
  return [
    finding(code, {
      object: ref,
      cause: sentence(code, troubled, { mounted, holder, source, share }),
      evidence: [
        ...[verdict.line, detail].filter((line) => line !== undefined).map((line) => fromOutput(ref, view, line)),
        ...(mounted === undefined ? [] : [fromSpec(ref, `${mounted.path}.mountPath`, mounted.mount.mountPath)]),
        ...(source === undefined ? [] : [fromSpec(source.object, source.path, source.text)]),
        ...(holder === undefined
          ? []
          : [fromSpec(refTo('Pod', holder), 'spec.volumes[*].persistentVolumeClaim.claimName', claim ?? '')]),
      ],
      since,
      confidence: 'high',
      because:
        claim === undefined ? [] : [{ object: refByName('PersistentVolumeClaim', pod.metadata.namespace, claim) }],
      facet: view.spec.name,
      nextSteps: [...lockSteps(snapshot, pod, holder), ...(share === undefined ? [] : [onShare]), ...code.nextSteps],
      changes: code === dataOfAnother || code === fixedSetting ? undoChanges(snapshot, pod) : [],
    }),
  ];
}

/** A server that refuses the files of its own volume: damaged, of another version, locked, or simply in the way. */
export const containerData: Analyzer = {
  name: 'container-data',
  codes: [dataDamaged, dataOfAnother, fixedSetting, dataInTheWay, dataLocked, memberKnown, staleLock],
  analyze: (snapshot) => troubledContainers(snapshot).flatMap((troubled) => check(snapshot, troubled)),
};
