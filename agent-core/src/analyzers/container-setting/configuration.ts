import type { Evidence } from '@autodevops/domain/diagnosis';
import { refByName } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { fromSpec } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import type { Told } from '../../evidence/told.ts';
import { mentionedPath } from '../../reading/output/mentioned-path.ts';
import { failureWords } from '../../reading/output/failures/line-failure.ts';
import type { OutputLine } from '../../reading/output/output-line.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { mountOfPath, volumeText } from '../../reading/pods/volumes/mount-of-path.ts';
import type { MountOfPath } from '../../reading/pods/volumes/mount-of-path.ts';
import { settingSource } from '../../reading/pods/configuration/setting-source.ts';
import type { SettingSource } from '../../reading/pods/configuration/setting-source.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import { said } from '../../reading/said.ts';

function linesAfter({ output, verdict }: TroubledContainer, most: number): readonly OutputLine[] {
  return output.slice(output.indexOf(verdict.line) + 1).slice(0, most);
}

/** Validators of settings name each field in a line of its own, and in the next what it lacks: pydantic, voluptuous. */
function lackingFields(troubled: TroubledContainer): readonly OutputLine[] {
  const after = linesAfter(troubled, 30);
  return after
    .filter(
      (line, index) =>
        /^[A-Za-z_][\w.-]{0,60}$/.test(line.text) &&
        /^\s+(?:field required|missing|required)/.test(after[index + 1]?.lower ?? ''),
    )
    .slice(0, 3);
}

/** Spring reports a value that it cannot convert in lines of their own: `Value: "10sec"`, `Origin: System Environment Property "X"`. */
function boundValue(troubled: TroubledContainer): readonly OutputLine[] {
  const report = troubled.output.slice(-40);
  const at = report.findIndex(({ lower }) => lower.includes('failed to bind properties'));
  return at < 0
    ? []
    : report
        .slice(at)
        .filter(({ text }) => /^\s+(?:Value|Origin): ?\S/.test(text))
        .slice(0, 2);
}

const settingsFile = /\.(?:conf|cfg|cnf|ya?ml|json|toml|xml|ini|properties|hcl|vcl)$/;

/** The file of which the lines speak, and the volume from which it comes. */
function rejectedFile({ pod, view, verdict }: TroubledContainer): {
  readonly path: string;
  readonly mounted: MountOfPath | undefined;
} {
  const own = mentionedPath(verdict.line.text, []);
  const beside = verdict.nearby.map(({ text }) => mentionedPath(text, []));
  const mountedPath = [own, ...beside].find(
    (path) => path !== '' && mountOfPath(pod, view, path)?.volume?.configMap !== undefined,
  );
  const path = mountedPath ?? (own === '' ? (beside.find((found) => settingsFile.test(found)) ?? '') : own);
  return { path, mounted: path === '' ? undefined : mountOfPath(pod, view, path) };
}

function details(lead: string, texts: readonly string[]): string {
  return texts.length === 0 ? '' : ` (${lead}${texts.join(', ')})`;
}

function placeText(source: SettingSource | undefined): string {
  return source === undefined ? '' : `; it is told so in ${source.where}`;
}

function quotations(
  troubled: TroubledContainer,
  more: readonly OutputLine[],
  source: SettingSource | undefined,
): readonly Evidence[] {
  const { ref, view, verdict } = troubled;
  const quoted = [
    fromOutput(ref, view, verdict.line, failureWords(verdict.line)),
    ...more.map((line) => fromOutput(ref, view, line)),
  ];
  return source === undefined ? quoted : [...quoted, fromSpec(source.object, source.path, source.text)];
}

/** A configuration that its program does not accept: which file, from where, and in which line it stands. */
export function rejectedConfiguration(snapshot: Snapshot, troubled: TroubledContainer): Told {
  const { ref, view, verdict, pod } = troubled;
  const { path, mounted } = rejectedFile(troubled);
  const [fields, bound] = [lackingFields(troubled), boundValue(troubled)];
  const source = settingSource(snapshot, pod, view, [verdict.line, ...bound].map(({ text }) => text).join(' '));
  const map =
    mounted?.volume?.configMap?.name ?? (source?.object.kind === 'ConfigMap' ? source.object.name : undefined);
  const from = mounted === undefined ? '' : `, which comes from ${volumeText(mounted.volume)},`;
  const words = `${said(tellingPart(verdict.line), 200)}${details(
    'lacks ',
    fields.map(({ text }) => `"${text}"`),
  )}${details(
    '',
    bound.map(({ text }) => said(text.trim(), 100)),
  )}`;
  return {
    cause: `${whoSpeaks(troubled)} rejects its configuration${path === '' ? '' : ` in "${path}"`}${from} ${whatFollows(troubled)}: ${words}${placeText(source)}.`,
    evidence: [
      ...quotations(troubled, [...fields, ...bound], source),
      ...(mounted === undefined ? [] : [fromSpec(ref, `${mounted.path}.mountPath`, mounted.mount.mountPath)]),
    ],
    confidence: mounted === undefined && source === undefined ? 'medium' : 'high',
    because: [
      ...(map === undefined ? [] : [{ object: refByName('ConfigMap', pod.metadata.namespace, map) }]),
      { object: ref, codes: ['dns.coredns.'] },
    ],
  };
}
