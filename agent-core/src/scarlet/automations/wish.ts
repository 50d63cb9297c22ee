import type { Automation, AutomationBound } from '@autodevops/domain/change/automation';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import type { Cause } from '@autodevops/domain/diagnosis';
import { refKey, refText } from '@autodevops/domain/object-ref';
import { parseQuantity } from '@autodevops/domain/quantity';
import { nameList } from '../../reading/name-list.ts';
import { fieldAt } from '../patches/field-patch.ts';

/** More pods than this at once are no remains but an accident. */
const mostPods = 10;

export type Wished = { readonly requests: readonly ActionRequest[] } | { readonly held: string };

function proposed(action: string, { changes, code, object }: Cause): Wished {
  const found = changes.find((change) => change.action === action);
  if (found === undefined) return { held: `Jamie proposes no ${action} for ${code} on ${refText(object)}.` };
  const { target, params, asks = [] } = found;
  if (asks.length > 0) return { held: `${action} on ${refText(target)} needs ${nameList(asks)} from a person.` };
  return { requests: [{ action, target, params }] };
}

function written(
  { action, on, params }: Extract<Automation['do'], { take: 'action' }>,
  { object, symptoms }: Cause,
): Wished {
  if (on === 'object') return { requests: [{ action, target: object, params }] };
  const pods = [object, ...symptoms.map((symptom) => symptom.object)].filter(({ kind }) => kind === 'Pod');
  const different = [...new Map(pods.map((pod) => [refKey(pod), pod])).values()];
  if (different.length === 0) return { held: `No pod bears the finding of ${refText(object)}.` };
  if (different.length > mostPods) return { held: `${different.length} pods at once are for a person to look at.` };
  return { requests: different.map((target) => ({ action, target, params })) };
}

/** A parameter that cannot be read as an amount is above every bound. */
function beyond({ param, most }: AutomationBound, { params }: ActionRequest): string | undefined {
  const value = fieldAt(params, param.split('.'));
  if (value === undefined) return undefined;
  const [amount, limit] = [parseQuantity(String(value)), parseQuantity(most)];
  return amount !== undefined && limit !== undefined && amount <= limit
    ? undefined
    : `${param} of ${String(value)} is more than the ${most} that it may give.`;
}

/** What an automation asks for because of a finding, or why it asks for nothing. */
export function wishOf(automation: Automation, cause: Cause): Wished {
  const wished =
    automation.do.take === 'proposal' ? proposed(automation.do.action, cause) : written(automation.do, cause);
  if ('held' in wished) return wished;
  const held = wished.requests.flatMap((request) =>
    automation.bounds.flatMap((bound) => beyond(bound, request) ?? []),
  )[0];
  return held === undefined ? wished : { held };
}
