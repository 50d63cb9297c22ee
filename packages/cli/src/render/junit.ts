import { datedBeginning } from '@autodevops/domain/dated-beginning';
import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import { refText } from '@autodevops/domain/object-ref';
import { cleared } from './cleared.ts';
import { xmlElement, xmlText } from './xml.ts';

function failureText(cause: Cause): string {
  return [
    cause.cause,
    datedBeginning(cause),
    cause.impact,
    ...cause.evidence.map((e) => `${e.source}: ${e.quote}`),
    ...cause.nextSteps.map((step) => `Do: ${step}`),
    ...cause.avoid.map((text) => `Avoid: ${text}`),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function causeCase(cause: Cause): string {
  const failure = xmlElement('failure', { message: cause.cause, type: cause.severity }, xmlText(failureText(cause)));
  return xmlElement('testcase', { classname: cause.code, name: `${cause.title}: ${refText(cause.object)}` }, failure);
}

/** The verdict itself is a test case, so that a healthy cluster gives a passing one and a blind look an error. */
function verdictCase({ verdict, summary }: Diagnosis): string {
  const attributes = { classname: 'verdict', name: 'the cluster is healthy' };
  if (verdict === 'healthy') return xmlElement('testcase', attributes);
  const tag = verdict === 'problem' ? 'failure' : 'error';
  return xmlElement('testcase', attributes, xmlElement(tag, { message: summary, type: verdict }));
}

function blindCase({ what, why, remedy }: Diagnosis['blindSpots'][number]): string {
  return xmlElement(
    'testcase',
    { classname: 'blind-spot', name: what },
    xmlElement('skipped', { message: `${why} ${remedy}`.trim() }),
  );
}

/** JUnit XML as CI systems read it: a failing case for every cause, a skipped one for every blind spot. */
export function renderJunit(diagnosis: Diagnosis): string {
  const safe = cleared(diagnosis);
  const cases = [verdictCase(safe), ...safe.causes.map(causeCase), ...safe.blindSpots.map(blindCase)];
  const inconclusive = safe.verdict === 'inconclusive' ? 1 : 0;
  const counts = {
    tests: cases.length,
    failures: safe.causes.length + (safe.verdict === 'problem' ? 1 : 0),
    errors: inconclusive,
    skipped: safe.blindSpots.length,
    time: (safe.observed.milliseconds / 1000).toFixed(3),
  };
  const suite = xmlElement(
    'testsuite',
    { name: safe.observed.source || 'cluster', timestamp: safe.observed.capturedAt.slice(0, 19), ...counts },
    `\n${cases.map((c) => `    ${c}`).join('\n')}\n  `,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement('testsuites', { name: 'autodevops', ...counts }, `\n  ${suite}\n`)}\n`;
}
