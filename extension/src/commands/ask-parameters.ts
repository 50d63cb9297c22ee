import type { ActionRequest } from '@autodevops/domain/change/plan';
import { oneLine } from '@autodevops/domain/printable';
import { t } from '../language/translate.ts';
import type { People } from '../ports/people.ts';
import { textParameters } from './text-parameters.ts';

/** A request that lacks what only a person can give. */
export interface OpenRequest {
  readonly request: ActionRequest;
  /** The parameters that are missing. */
  readonly asks: readonly string[];
}

type Value = ActionRequest['params'][string];

function isText(action: string, parameter: string): boolean {
  return Object.hasOwn(textParameters, action) && (textParameters[action] ?? []).includes(parameter);
}

function parsed(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

async function askFor(
  people: People,
  { request: { action } }: OpenRequest,
  parameter: string,
): Promise<Value | undefined> {
  const text = isText(action, parameter);
  const given = await people.enter({
    title: t('Propose Fix'),
    prompt: text
      ? t('{0}: {1}?', oneLine(action, 60), oneLine(parameter, 60))
      : t('{0}: {1}? As JSON, for example 3 or {"KEY": "value"}.', oneLine(action, 60), oneLine(parameter, 60)),
    check: (one) =>
      one.trim() === ''
        ? t('A value is needed.')
        : !text && parsed(one) === undefined
          ? t('That is no JSON.')
          : undefined,
  });
  return given === undefined ? undefined : text ? given : parsed(given);
}

/** The request with what the person gives; undefined where the person went away. */
export async function askParameters(people: People, open: OpenRequest): Promise<ActionRequest | undefined> {
  let { params } = open.request;
  for (const parameter of open.asks) {
    const value = await askFor(people, open, parameter);
    if (value === undefined) return undefined;
    params = { ...params, [parameter]: value };
  }
  return { ...open.request, params };
}
