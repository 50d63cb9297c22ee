import type { Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { earlierImage } from '../../reading/workloads/earlier-image.ts';
import { mentionedPath } from '../../reading/output/mentioned-path.ts';
import { mountOfPath, volumeText } from '../../reading/pods/volumes/mount-of-path.ts';
import type { MountOfPath } from '../../reading/pods/volumes/mount-of-path.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { settingSource } from '../../reading/pods/configuration/setting-source.ts';
import { said } from '../../reading/said.ts';
import { troubledContainers } from '../../reading/pods/troubled-container.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import type { Analyzer } from '../analyzer.ts';
import { partMissing } from './codes.ts';

/** A volume over the folder in which the program looks hides what the image has there. */
function hidingMount({ pod, view, verdict }: TroubledContainer): MountOfPath | undefined {
  const path = mentionedPath(verdict.line.text, []);
  return path === '' ? undefined : mountOfPath(pod, view, path);
}

const timeZones =
  'What is missing is the data of time zones: add the package tzdata (Go can also build it in: `import _ "time/tzdata"`); see first that the zone is spelt right.';

/** Class files count from 45 for Java 1: what the two numbers of the complaint mean. */
function javaReleases(lower: string): readonly string[] {
  const [built, runs] = [...lower.matchAll(/class file versions?[a-z ]{0,10} ?(\d{2})\.\d/g)].map(
    (found) => Number(found[1]) - 44,
  );
  return built === undefined || runs === undefined
    ? []
    : [
        `The program was built for Java ${built}, and the image has Java ${runs}: take a base image with Java ${built}, or build for ${runs}.`,
      ];
}

const controlGroups =
  'The Java runtime of the image cannot read how the control groups of this node are laid out: take an image with the newest patch release of its Java version (an older node pool would only put it off).';

const legacyHashes =
  'The program hashes with what OpenSSL 3 (Node.js 17 and later) does not offer: bring its bundler up to date, or take an image with the older Node.js; `NODE_OPTIONS=--openssl-legacy-provider` bridges the time.';

function check(snapshot: Snapshot, troubled: TroubledContainer): Finding[] {
  const { ref, view, verdict, pod, since } = troubled;
  if (verdict.kind !== 'part-missing' && verdict.kind !== 'runtime-version') return [];
  const mounted = hidingMount(troubled);
  const where =
    mounted === undefined
      ? `image "${view.spec.image}"`
      : `${volumeText(mounted.volume)} at "${mounted.mount.mountPath}"`;
  const hint =
    mounted === undefined
      ? []
      : [`See what ${volumeText(mounted.volume)} holds: it hides what the image has at "${mounted.mount.mountPath}".`];
  const source = settingSource(snapshot, pod, view, verdict.line.text);
  const told = source === undefined ? '' : `; it is told to look for it in ${source.where}`;
  return [
    finding(partMissing, {
      object: ref,
      cause: `${whoSpeaks(troubled)} ${verdict.kind === 'runtime-version' ? 'needs another version of its runtime than is in' : 'does not find a part of its program in'} ${where} ${whatFollows(troubled)}: ${said(tellingPart(verdict.line), 200)}${told}.`,
      evidence: [
        fromOutput(ref, view, verdict.line),
        ...(source === undefined ? [] : [fromSpec(source.object, source.path, source.text)]),
        ...(mounted === undefined ? [] : [fromSpec(ref, `${mounted.path}.mountPath`, mounted.mount.mountPath)]),
      ],
      since,
      confidence: mounted === undefined ? 'high' : 'medium',
      facet: view.spec.name,
      nextSteps: [
        ...hint,
        ...(source === undefined ? [] : [`See first that the name in ${source.where} is right.`]),
        ...(/time.?zone|zoneinfo/.test(verdict.line.lower) ? [timeZones] : []),
        ...javaReleases(verdict.line.lower),
        ...(verdict.line.lower.includes('jdk.internal.platform.cgroup') ? [controlGroups] : []),
        ...(verdict.line.lower.includes('digital envelope routines::unsupported') ? [legacyHashes] : []),
        ...partMissing.nextSteps,
      ],
      changes: [...undoChanges(snapshot, pod), ...earlierImage(snapshot, pod, view.spec)],
    }),
  ];
}

/** Programs that miss a library, module, class or runtime in their own image. */
export const imageContent: Analyzer = {
  name: 'image-content',
  codes: [partMissing],
  analyze: (snapshot) => troubledContainers(snapshot).flatMap((troubled) => check(snapshot, troubled)),
};
