import { z } from 'zod';
import { actions } from '@autodevops/agent-core/scarlet/actions';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { refByName } from '@autodevops/domain/object-ref';
import { printable } from '@autodevops/domain/printable';
import { focusFrom } from '../looking/scope.ts';
import { usageError } from '../options/usage-error.ts';

type Params = ActionRequest['params'];

/** Parameters of an action that are text, whatever they look like. */
function textual(name: string): ReadonlySet<string> {
  const params = actions.find((action) => action.name === name)?.params;
  const { properties = {} } =
    params === undefined ? {} : z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' });
  return new Set(
    Object.entries(properties).flatMap(([key, schema]) =>
      typeof schema === 'object' && schema.type === 'string' ? [key] : [],
    ),
  );
}

/** A number, true, false, null, a list or a map as JSON has them; anything else is text. */
function valueOf(text: string, isText: boolean): Params[string] {
  if (isText) return text;
  try {
    return JSON.parse(text) as Params[string];
  } catch {
    return text;
  }
}

/** `KEY=VALUE` for each parameter; what the action takes as text is left as it is. Throws `usage` for a word that is none. */
export function paramsFromWords(action: string | undefined, words: readonly string[]): Params {
  const texts = textual(action ?? '');
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at < 1) {
        throw usageError(
          `"${printable(word)}" is not KEY=VALUE.`,
          'Write for example replicas=3; what an action takes is in `autodevops change actions`.',
        );
      }
      const key = word.slice(0, at);
      return [key, valueOf(word.slice(at + 1), texts.has(key))];
    }),
  );
}

/** `KIND/NAME` of a kind that we know, or `APIVERSION/KIND/NAME` of any: `argoproj.io/v1alpha1/Application/web`. */
function targetFrom(word: string, namespace: string | undefined): ActionRequest['target'] {
  const parts = word.split('/');
  if (parts.length > 2) {
    const [kind = '', name = ''] = parts.slice(-2);
    return { apiVersion: parts.slice(0, -2).join('/'), kind, namespace: namespace ?? '', name, uid: '' };
  }
  const [focus] = focusFrom([word], undefined);
  if (focus === undefined) throw usageError(`"${printable(word)}" names no object.`, 'Write KIND/NAME.');
  const { kind, name } = focus;
  return refByName(kind, kinds[kind].namespaced ? (namespace ?? 'default') : '', name);
}

/** `scale deployment/web replicas=3` as a request; an object without a namespace is in `default`, as for kubectl. */
export function requestFromWords(words: readonly string[], namespace: string | undefined): ActionRequest {
  const [action, object, ...params] = words;
  if (action === undefined || object === undefined) {
    throw usageError(
      'What is to be done, and to what?',
      'Write an action and an object, for example: scale deployment/web replicas=3 -n shop; `autodevops change actions` lists the actions.',
    );
  }
  return { action, target: targetFrom(object, namespace), params: paramsFromWords(action, params) };
}
