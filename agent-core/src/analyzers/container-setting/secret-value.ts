import { refByName } from '@autodevops/domain/object-ref';
import { whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { fromSpec } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import type { Told } from '../../evidence/told.ts';
import { mentionedPath } from '../../reading/output/mentioned-path.ts';
import { mountOfPath, volumeText } from '../../reading/pods/volumes/mount-of-path.ts';
import { said } from '../../reading/said.ts';
import { secretsOf } from '../../reading/pods/configuration/secrets-of-container.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';

/** A key that does not belong to its certificate, or a store that its password does not open. */
export function unfittingKey(troubled: TroubledContainer): Told {
  const { ref, view, verdict, pod } = troubled;
  const path =
    [verdict.line, ...verdict.nearby].map(({ text }) => mentionedPath(text, [])).find((found) => found !== '') ?? '';
  const mounted = path === '' ? undefined : mountOfPath(pod, view, path);
  const secret = mounted?.volume?.secret?.secretName;
  const from =
    mounted === undefined ? (path === '' ? '' : ` in "${path}"`) : ` in "${path}" of ${volumeText(mounted.volume)}`;
  return {
    cause: `${whoSpeaks(troubled)} cannot use its key or key store${from} ${whatFollows(troubled)}: ${said(tellingPart(verdict.line), 200)}.`,
    evidence: [
      fromOutput(ref, view, verdict.line),
      ...(mounted === undefined ? [] : [fromSpec(ref, `${mounted.path}.mountPath`, mounted.mount.mountPath)]),
    ],
    confidence: 'high',
    because: secret === undefined ? [] : [{ object: refByName('Secret', pod.metadata.namespace, secret) }],
  };
}

/** A value with a line break, by all appearances one that comes from a Secret. */
export function lineBreakIn(troubled: TroubledContainer): Told {
  const { ref, view, verdict } = troubled;
  const secrets = secretsOf(view)
    .map((name) => `"${name}"`)
    .join(', ');
  const from = secrets === '' ? '' : `; it takes values from Secret ${secrets}`;
  const sources = view.spec.env.flatMap((variable, index) =>
    variable.valueFrom?.secretKeyRef === undefined
      ? []
      : [
          fromSpec(
            ref,
            `${view.path}.env[${index}].valueFrom.secretKeyRef`,
            `${variable.valueFrom.secretKeyRef.name}/${variable.valueFrom.secretKeyRef.key}`,
          ),
        ],
  );
  return {
    cause: `${whoSpeaks(troubled)} uses a value with a character that must not be in it, most likely a line break at its end, ${whatFollows(troubled)}${from}.`,
    evidence: [fromOutput(ref, view, verdict.line), ...sources.slice(0, 3)],
    confidence: 'medium',
  };
}
