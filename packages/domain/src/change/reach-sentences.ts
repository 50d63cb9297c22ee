import { counted, listed } from '../count-words.ts';
import type { ChangeTense } from './change-tense.ts';
import type { Facts } from './plan.ts';

type BlastRadius = NonNullable<Facts['blastRadius']>;

const mostNames = 5;
const reaches: Readonly<Record<ChangeTense, string>> = {
  ahead: 'Reaches',
  begun: 'Reached',
  undone: 'Reached',
  dropped: 'Would have reached',
};

/** The Service of the largest share stands first: where it has no endpoint that is ready, none of them has. */
function endpointsText({ services, shareOfReadyEndpoints, readyEndpoints }: BlastRadius, tense: ChangeTense): string {
  if (readyEndpoints === 0) {
    const which = services.length === 1 ? 'it' : 'them';
    return tense === 'ahead' ? `no endpoint of ${which} is ready now` : `no endpoint of ${which} was ready then`;
  }
  const share = `${Math.round(shareOfReadyEndpoints * 100)}%`;
  return readyEndpoints === undefined
    ? `${share} of its ready endpoints`
    : `${share} of ${counted(readyEndpoints, 'ready endpoint')}`;
}

function radiusSentence(radius: BlastRadius, tense: ChangeTense): string {
  const { objects, services, namespaces } = radius;
  const served =
    services.length === 0
      ? 'no Service'
      : `${services.length === 1 ? 'Service' : 'Services'} ${listed(services, mostNames)} (${endpointsText(radius, tense)})`;
  const where = namespaces.length < 2 ? '' : ` in namespaces ${listed(namespaces, mostNames)}`;
  return `${reaches[tense]} ${counted(objects, 'object')}${where} and ${served}.`;
}

/**
 * How far a plan reaches, in sentences for people, the same on every surface; what could not be found out is said. What
 * the simulation noted (`notes`) stands beside them.
 */
export function reachSentences(
  { blastRadius, disruptionsAllowed, reversible, managedBy = [] }: Facts,
  tense: ChangeTense,
): readonly string[] {
  const isAhead = tense === 'ahead';
  return [
    blastRadius === undefined
      ? `How far it ${isAhead ? 'reaches' : 'reached'} could not be found out.`
      : radiusSentence(blastRadius, tense),
    ...(disruptionsAllowed === undefined
      ? []
      : [
          `Its disruption budget ${isAhead ? 'allows' : 'allowed'} ${disruptionsAllowed} more ${isAhead ? 'now' : 'then'}.`,
        ]),
    // Of what was taken back, or never came to be, there is nothing to take back.
    ...(tense === 'dropped' || tense === 'undone'
      ? []
      : [
          reversible ? 'It can be taken back.' : 'It cannot be taken back.',
          ...(managedBy.length === 0
            ? []
            : [
                `${listed(
                  managedBy.map(({ tool, owner }) => `${tool} (${owner})`),
                  mostNames,
                )} would put it back.`,
              ]),
        ]),
  ];
}
