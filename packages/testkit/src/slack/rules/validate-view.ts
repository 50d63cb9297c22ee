import { check } from './checking/check.ts';
import { asList, asRecord, isRecord } from './checking/values.ts';
import { plainText } from './composition/text-objects.ts';
import { most } from './limits.ts';
import type { Problem } from './problem.ts';
import { any, flag, needed, optional, text, typed } from './rule.ts';
import type { Field, ObjectRule } from './rule.ts';
import { isInput, validateBlocks } from './validate-blocks.ts';

const fields: Readonly<Record<string, Field>> = {
  blocks: needed(any),
  private_metadata: optional(text(most('viewMetadata'), 0)),
  callback_id: optional(text(most('viewCallbackId'), 0)),
  external_id: optional(text(most('viewCallbackId'), 0)),
};
const title = plainText(most('viewTitle'));

/** What a view is beside its blocks. https://docs.slack.dev/reference/views */
export const viewRules: Readonly<Record<'modal' | 'home', ObjectRule>> = {
  modal: typed('modal', {
    ...fields,
    title: needed(title),
    submit: optional(title),
    close: optional(title),
    clear_on_close: optional(flag),
    notify_on_close: optional(flag),
    submit_disabled: optional(flag),
  }),
  home: typed('home', fields),
};

/** What Slack would refuse of this modal or App Home; empty: it would take it. Pointers begin with `/view`. */
export function validateView(view: unknown): readonly Problem[] {
  const at = '/view';
  if (!isRecord(view)) return [{ pointer: at, code: 'wrong_type', message: 'must be an object' }];
  const { type, blocks } = view;
  if (type === undefined) return [{ pointer: at, code: 'missing_field', message: 'missing required field: type' }];
  if (type !== 'modal' && type !== 'home') {
    return [
      {
        pointer: `${at}/type`,
        code: 'unknown_type',
        message: `unsupported type: ${String(type)}`,
        constraint: Object.keys(viewRules),
      },
    ];
  }
  const needsSubmit = type === 'modal' && view['submit'] === undefined && asList(blocks).some(isInput);
  return [
    ...check(view, viewRules[type], at),
    ...(needsSubmit
      ? [{ pointer: at, code: 'missing_field', message: 'missing required field: submit' } as const]
      : []),
    ...(blocks === undefined ? [] : validateBlocks(blocks, type, `${at}/blocks`)),
    ...(asList(asRecord(view)['blocks']).length === 0 && Array.isArray(blocks)
      ? [{ pointer: `${at}/blocks`, code: 'too_few', message: 'no fewer than 1 items allowed', constraint: 1 } as const]
      : []),
  ];
}
