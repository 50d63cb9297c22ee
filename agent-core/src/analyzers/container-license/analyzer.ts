import type { Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { finding } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { failureIn } from '../../reading/output/failures/line-failure.ts';
import { missingVariables } from '../../reading/output/missing-variable.ts';
import type { OutputLine } from '../../reading/output/output-line.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { troubledContainers } from '../../reading/pods/troubled-container.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { licenseRefused } from './codes.ts';

const accepts = /ACCEPT|EULA|LICENSE|LICENCE/;

/** The line that names the setting by which terms are accepted, often some lines after the demand. */
function acceptance({ output }: TroubledContainer): { readonly line: OutputLine; readonly name: string } | undefined {
  for (const line of output.toReversed()) {
    const name = missingVariables(line).find((found) => found.includes('_') && accepts.test(found));
    if (name !== undefined) return { line, name };
  }
  return undefined;
}

function acceptStep(name: string | undefined): string {
  return `Whoever may accept the terms for your organisation sets ${name ?? 'the variable or option that the log names'} in the pod template.`;
}

const renewStep =
  'Get a valid license from whoever buys the product, put it into the Secret from which the program takes it, and restart the workload.';

function check(snapshot: Snapshot, troubled: TroubledContainer): Finding[] {
  const { ref, view, verdict, pod, since } = troubled;
  if (verdict.kind !== 'license') return [];
  // The demand comes first, where to read more and the farewell after it.
  const demand = troubled.output.slice(-60).find((line) => failureIn(line) === 'license') ?? verdict.line;
  const wanted = demand.lower.includes('accept') ? acceptance(troubled) : undefined;
  const what =
    wanted === undefined ? 'finds no valid license' : `wants the terms of its license accepted by ${wanted.name}`;
  return [
    finding(licenseRefused, {
      object: ref,
      cause: `${whoSpeaks(troubled)} ${what} ${whatFollows(troubled)}: ${said(tellingPart(demand), 200)}.`,
      evidence: [...new Set([demand, ...(wanted === undefined ? [] : [wanted.line])])].map((line) =>
        fromOutput(ref, view, line),
      ),
      since,
      confidence: 'high',
      nextSteps: demand.lower.includes('accept') ? [acceptStep(wanted?.name)] : [renewStep],
      facet: view.spec.name,
      changes: undoChanges(snapshot, pod),
    }),
  ];
}

/** Products that do not start without a license. */
export const containerLicense: Analyzer = {
  name: 'container-license',
  codes: [licenseRefused],
  analyze: (snapshot) => troubledContainers(snapshot).flatMap((troubled) => check(snapshot, troubled)),
};
