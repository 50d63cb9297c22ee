import type { Evidence, ProposedChange } from '@autodevops/domain/diagnosis';
import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import { redact } from '@autodevops/domain/redact';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { missingKeySteps } from '../../evidence/missing-key-steps.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import type { Told } from '../../evidence/told.ts';
import { environmentOf } from '../../reading/pods/configuration/environment.ts';
import { withoutLogPrefix } from '../../reading/output/log-prefix.ts';
import { mentionedPath } from '../../reading/output/mentioned-path.ts';
import { missingVariables } from '../../reading/output/missing-variable.ts';
import { mountOfPath, volumeText } from '../../reading/pods/volumes/mount-of-path.ts';
import { nearMatches } from '../../reading/near-match.ts';
import type { FailureKind } from '../../reading/output/failures/failure-kind.ts';
import type { OutputLine } from '../../reading/output/output-line.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import { templateOwner } from '../../reading/workloads/template-owner.ts';
import { said } from '../../reading/said.ts';
import { troubledContainers } from '../../reading/pods/troubled-container.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import type { Analyzer } from '../analyzer.ts';
import {
  badArguments,
  badConfiguration,
  fileMissing,
  keyMaterial,
  lineBreak,
  serviceVariable,
  variableMissing,
} from './codes.ts';
import { folderInPlace, folderWords } from './folder-in-place.ts';
import { machinePart } from './machine-part.ts';
import type { MachinePart } from './machine-part.ts';
import { rejectedConfiguration } from './configuration.ts';
import { lineBreakIn, unfittingKey } from './secret-value.ts';
import { serviceBehindVariable } from './service-link.ts';

function shared(
  snapshot: Snapshot,
  troubled: TroubledContainer,
  detail: string,
): Partial<Finding> & Pick<Finding, 'object' | 'changes'> {
  const changes: readonly ProposedChange[] = undoChanges(snapshot, troubled.pod);
  return { object: troubled.ref, since: troubled.since, facet: `${troubled.view.spec.name} ${detail}`, changes };
}

/** The one variable that is missing, with a value that a person gives; where its name is a secret's, from a Secret. */
function setVariable(
  snapshot: Snapshot,
  { pod, view }: TroubledContainer,
  names: readonly string[],
): readonly ProposedChange[] {
  const target = templateOwner(snapshot, pod);
  const [name, another] = names;
  if (target === undefined || name === undefined || another !== undefined) return [];
  const line = `${name}=value`;
  return [
    {
      action: 'set-environment',
      target,
      params: { container: view.spec.name, name },
      risk: 'medium',
      asks: [redact(line) === line ? 'value' : 'secretKey'],
    },
  ];
}

/** The line that names the variable: a runtime's own complaint may stand beside the list of names. */
function namingLine(troubled: TroubledContainer): { line: OutputLine; names: readonly string[] } {
  const { line, nearby } = troubled.verdict;
  for (const candidate of [line, ...nearby.slice(nearby.indexOf(line))]) {
    const names = missingVariables(candidate);
    if (names.length > 0) return { line: candidate, names };
  }
  return { line, names: [] };
}

/** A key with dots or dashes is no name that programs look for, and left out by kubelets before Kubernetes 1.32. */
function spellingHint(alike: readonly string[]): readonly string[] {
  if (alike.length === 0) return [];
  const names = alike.map((n) => `"${n}"`).join(', ');
  return alike.every((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    ? [`Rename the key: ${names} is no usable name of a variable, and older kubelets leave such keys out.`]
    : [`Check the spelling: the container has ${names}.`];
}

function variable(snapshot: Snapshot, troubled: TroubledContainer): Told {
  const { ref, view, verdict, pod } = troubled;
  const { line, names } = namingLine(troubled);
  const set = environmentOf(snapshot, pod, view);
  const own = set.find((v) => names.includes(v.name));
  const alike = names.flatMap((name) =>
    nearMatches(
      name,
      set.map((v) => v.name),
    ),
  );
  const what =
    names.length === 0 ? 'an environment variable' : `environment variable ${names.map((n) => `"${n}"`).join(', ')}`;
  const state = own === undefined ? 'is not set' : own.value === '' ? 'is set, but empty' : 'is set, but not accepted';
  const quoted: Evidence[] = [fromOutput(ref, view, verdict.line)];
  if (line !== verdict.line) quoted.push(fromOutput(ref, view, line));
  if (own !== undefined) {
    quoted.push(fromSpec(own.object, own.path, own.value === undefined ? own.name : `${own.name}=${own.value}`));
  }
  const near = set.find((v) => v.name === alike[0]);
  if (own === undefined && near !== undefined) quoted.push(fromSpec(near.object, near.path, near.name));
  const told = shared(snapshot, troubled, names.join(','));
  const hint = own === undefined ? spellingHint(alike) : [];
  return {
    cause: `${whoSpeaks(troubled)} needs ${what}, which ${state}, ${whatFollows(troubled)}${names.length === 0 ? `: ${said(withoutLogPrefix(line.text), 200)}` : ''}.`,
    evidence: quoted,
    nextSteps: [...hint, ...variableMissing.nextSteps],
    confidence: names.length > 0 ? 'high' : 'medium',
    ...told,
    changes: [
      ...told.changes,
      ...(own === undefined || own.value === '' ? setVariable(snapshot, troubled, names) : []),
    ],
  };
}

function programArguments(snapshot: Snapshot, troubled: TroubledContainer): Told {
  const { ref, view, verdict } = troubled;
  const { args, command } = view.spec;
  const field = args.length > 0 ? 'args' : 'command';
  const given = args.length > 0 ? args : command;
  const options = view.spec.env.findIndex(
    ({ name, value }) => /(?:JAVA|JVM|JDK|NODE)\w*_OPT(?:ION)?S/.test(name) && (value ?? '') !== '',
  );
  const variable = view.spec.env[options];
  const quoted = [
    ...(given.length > 0 ? [fromSpec(ref, `${view.path}.${field}`, JSON.stringify(given))] : []),
    ...(variable === undefined
      ? []
      : [fromSpec(ref, `${view.path}.env[${options}].value`, `${variable.name}=${variable.value ?? ''}`)]),
  ];
  return {
    cause: `${whoSpeaks(troubled)} is started with arguments that its program does not accept ${whatFollows(troubled)}: ${said(verdict.line.text, 160)}.`,
    evidence: [fromOutput(ref, view, verdict.line), ...quoted],
    confidence: quoted.length > 0 ? 'high' : 'medium',
    ...shared(snapshot, troubled, ''),
  };
}

function configuration(snapshot: Snapshot, troubled: TroubledContainer): Told {
  // A client of Kubernetes without a token calls that a configuration.
  const told = rejectedConfiguration(snapshot, troubled);
  return {
    ...told,
    ...shared(snapshot, troubled, ''),
    because: [...(told.because ?? []), { object: troubled.ref, codes: ['pod.config.token'] }],
  };
}

/** The value is that which Kubernetes sets for a Service; where no Service is to be seen it is a setting like any other. */
function setByService(snapshot: Snapshot, troubled: TroubledContainer): readonly [CodeEntry, Told] {
  const { ref, view, verdict } = troubled;
  const link = serviceBehindVariable(snapshot, troubled);
  if (link === undefined) return [badConfiguration, configuration(snapshot, troubled)];
  const { service, value, names } = link;
  const variable = names.find((name) => verdict.line.text.includes(name)) ?? names[0] ?? '';
  return [
    serviceVariable,
    {
      cause: `${whoSpeaks(troubled)} takes ${variable}=${value} for a setting of its own ${whatFollows(troubled)}; Kubernetes sets that variable because the namespace has a Service "${service.name}".`,
      evidence: [
        fromOutput(ref, view, verdict.line),
        fromSpec(service, 'spec.clusterIP', value.replace(/^\w+:\/\//, '').replace(/:\d+$/, '')),
      ],
      confidence: 'high',
      ...shared(snapshot, troubled, service.name),
      changes: [],
    },
  ];
}

const missingWords = [
  'no such file',
  'enoent',
  'not found',
  'filenotfound',
  'nosuchfile',
  'does not exist',
  ...folderWords,
];

/** It is missed on the node, not in the image: what is to be done is done there. */
function ofMachine(snapshot: Snapshot, troubled: TroubledContainer, { what, step }: MachinePart): Told {
  const { ref, view, verdict, pod } = troubled;
  return {
    cause: `${whoSpeaks(troubled)} does not find on node ${pod.spec.nodeName ?? '(unknown)'} ${what} ${whatFollows(troubled)}.`,
    evidence: [fromOutput(ref, view, verdict.line)],
    confidence: 'high',
    nextSteps: [step],
    ...shared(snapshot, troubled, what),
    changes: [],
  };
}

function file(snapshot: Snapshot, troubled: TroubledContainer): Told {
  const { ref, view, verdict, pod } = troubled;
  const machine = machinePart(verdict.line.text);
  if (machine !== undefined) return ofMachine(snapshot, troubled, machine);
  const folder = folderInPlace(snapshot, troubled);
  if (folder !== undefined) return { ...folder, ...shared(snapshot, troubled, '') };
  const path = mentionedPath(verdict.line.text, missingWords);
  const mounted = path === '' ? undefined : mountOfPath(pod, view, path);
  const where =
    mounted === undefined ? '' : `, although ${volumeText(mounted.volume)} is mounted at ${mounted.mount.mountPath},`;
  return {
    cause: `${whoSpeaks(troubled)} misses ${path === '' ? 'a file' : `file "${path}"`}${where} ${whatFollows(troubled)}${path === '' ? `: ${said(tellingPart(verdict.line), 200)}` : ''}.`,
    evidence: [
      fromOutput(ref, view, verdict.line),
      ...(mounted === undefined ? [] : [fromSpec(ref, `${mounted.path}.mountPath`, mounted.mount.mountPath)]),
    ],
    confidence: 'medium',
    because: [{ object: ref, codes: ['pod.config.token'] }],
    nextSteps: [
      ...missingKeySteps(snapshot, pod, mounted?.volume, path.slice(path.lastIndexOf('/') + 1)),
      ...fileMissing.nextSteps,
    ],
    ...shared(snapshot, troubled, path),
  };
}

const checks: Partial<
  Record<FailureKind, readonly [CodeEntry, (snapshot: Snapshot, troubled: TroubledContainer) => Told]>
> = {
  variable: [variableMissing, variable],
  arguments: [badArguments, programArguments],
  configuration: [badConfiguration, configuration],
  'file-missing': [fileMissing, file],
  'key-material': [
    keyMaterial,
    (snapshot, troubled) => ({ ...unfittingKey(troubled), ...shared(snapshot, troubled, '') }),
  ],
  'line-break': [
    lineBreak,
    (snapshot, troubled) => ({ ...lineBreakIn(troubled), ...shared(snapshot, troubled, ''), changes: [] }),
  ],
};

export const containerSetting: Analyzer = {
  name: 'container-setting',
  codes: [variableMissing, serviceVariable, badArguments, badConfiguration, fileMissing, keyMaterial, lineBreak],
  analyze: (snapshot) =>
    troubledContainers(snapshot).flatMap((troubled) => {
      if (troubled.verdict.kind === 'service-variable') {
        const [code, told] = setByService(snapshot, troubled);
        return [finding(code, { object: troubled.ref, ...told })];
      }
      const found = checks[troubled.verdict.kind];
      return found === undefined ? [] : [finding(found[0], { object: troubled.ref, ...found[1](snapshot, troubled) })];
    }),
};
