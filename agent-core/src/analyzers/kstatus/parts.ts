import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromStatus } from '../../evidence/finding.ts';
import { conditionsOf, refToCustom } from '../../reading/platform/custom-objects.ts';
import { deeperWords, isPresent } from '../../reading/platform/deeper-words.ts';
import { ageOf } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { notReady } from './codes.ts';
import { leansOn } from './leans-on.ts';
import { patience } from './patience.ts';
import { isRun } from './run.ts';

/** Kinds without conditions may say of one of their parts why it has failed: a domain of a certificate, a member. */
export function checkParts(snapshot: Snapshot, object: CustomObject): Finding[] {
  if (conditionsOf(object).length > 0 || isRun(object)) return [];
  const words = deeperWords(object.status);
  const age = ageOf(snapshot, lastChange(object));
  if (words === undefined || !isPresent(words) || age === undefined || age < patience['not-ready']) return [];
  const ref = refToCustom(object);
  const part = words.part === '' ? words.path.replace(/\.\w+$/, '') : words.part;
  const about = words.text === words.state ? '' : `: ${said(words.text, 300)}`;
  return [
    finding(notReady, {
      object: ref,
      cause: `${refText(ref)} says of ${said(part, 120)} that it is ${said(words.state, 80)}${about}.`,
      confidence: 'medium',
      evidence: [fromStatus(ref, words.path, words.text)],
      because: leansOn(snapshot, object, words.text),
      generic: true,
    }),
  ];
}
