import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Because, CodeEntry, Finding } from '@autodevops/domain/finding';
import { refByName } from '@autodevops/domain/object-ref';
import { whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import type { FailureKind } from '../../reading/output/failures/failure-kind.ts';
import { failureWords } from '../../reading/output/failures/line-failure.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { secretsOf } from '../../reading/pods/configuration/secrets-of-container.ts';
import { troubledContainers } from '../../reading/pods/troubled-container.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { keyForm, otherKey } from './codes.ts';

const codeOf: Partial<Record<FailureKind, CodeEntry>> = { 'stored-key': otherKey, 'key-form': keyForm };

/** Names under which programs are given what is to be kept secret. */
const ofKeys = /KEY|SECRET|SALT|PASS|TOKEN|FERNET|CIPHER/i;

interface KeyVariable {
  readonly name: string;
  readonly secret: string;
  readonly evidence: Evidence;
}

/** The variables from Secrets that hold a key: the one that the line names, else those whose name speaks of one. */
function keyVariables({ ref, view, verdict }: TroubledContainer): readonly KeyVariable[] {
  const all = view.spec.env.flatMap(({ name, valueFrom }, index) => {
    const key = valueFrom?.secretKeyRef;
    return key === undefined
      ? []
      : [
          {
            name,
            secret: key.name,
            evidence: fromSpec(ref, `${view.path}.env[${index}].valueFrom.secretKeyRef`, `${key.name}/${key.key}`),
          },
        ];
  });
  const named = all.filter(({ name }) => verdict.line.text.includes(name));
  return (named.length > 0 ? named : all.filter(({ name }) => ofKeys.test(name))).slice(0, 3);
}

function source(variables: readonly KeyVariable[]): string {
  return variables.length === 0
    ? ''
    : ` (${variables.map(({ name, secret }) => `${name} from Secret "${secret}"`).join(', ')})`;
}

/** One Secret may stop several workloads in the same way. */
function ofSecrets(troubled: TroubledContainer): Partial<Pick<Finding, 'sharedWith' | 'because'>> {
  const { namespace } = troubled.pod.metadata;
  const secrets = secretsOf(troubled.view);
  const because: Because[] = secrets.map((name) => ({ object: refByName('Secret', namespace, name) }));
  return secrets.length === 0 ? {} : { because, sharedWith: `${namespace}/${secrets.toSorted().join(',')}` };
}

function check(troubled: TroubledContainer): Finding[] {
  const { ref, view, verdict, since } = troubled;
  const code = codeOf[verdict.kind];
  if (code === undefined) return [];
  const variables = keyVariables(troubled);
  const what =
    code === otherKey
      ? `cannot decrypt what was encrypted before: its key${source(variables)} is another`
      : `does not accept the form of its key or password${source(variables)}`;
  return [
    finding(code, {
      object: ref,
      cause: `${whoSpeaks(troubled)} ${what}, ${whatFollows(troubled)}: ${said(tellingPart(verdict.line), 200)}.`,
      evidence: [
        fromOutput(ref, view, verdict.line, failureWords(verdict.line)),
        ...variables.map(({ evidence }) => evidence),
      ],
      since,
      confidence: 'high',
      facet: view.spec.name,
      ...ofSecrets(troubled),
    }),
  ];
}

/** Keys under which a program stores what it keeps: another key than before, or one of the wrong form. */
export const storedKey: Analyzer = {
  name: 'stored-key',
  codes: [otherKey, keyForm],
  analyze: (snapshot) => troubledContainers(snapshot).flatMap(check),
};
