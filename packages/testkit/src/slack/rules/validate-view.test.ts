import { describe, expect, it } from 'vitest';
import { responseMessages } from './problem.ts';
import { edgesOf } from './testing/edges.ts';
import { validateView, viewRules } from './validate-view.ts';

const title = { type: 'plain_text', text: 'My App' };
const section = { type: 'section', text: { type: 'mrkdwn', text: 'hello' } };
const input = { type: 'input', label: { type: 'plain_text', text: 'l' }, element: { type: 'plain_text_input' } };
const modal = { type: 'modal', title, blocks: [section] };

describe('a view', () => {
  for (const kind of ['modal', 'home'] as const) {
    it(`holds every bound at the number and not past it: ${kind}`, () => {
      const edges = edgesOf(viewRules[kind], '/view', (value) => ({
        ...(value as object),
        ...('blocks' in (value as object) ? { blocks: [section] } : {}),
      }));
      const has = (view: unknown, { pointer, code }: (typeof edges)[number]): boolean =>
        validateView(view).some((problem) => problem.pointer === pointer && problem.code === code);
      const wrong = edges.filter((edge) => has(edge.inside, edge) || !has(edge.past, edge));
      expect(wrong.map(({ pointer, code, says }) => `${pointer} ${code}: ${says}`)).toEqual([]);
    });
  }

  it('of a whole form is taken', () => {
    expect(
      responseMessages(
        validateView({
          ...modal,
          callback_id: 'a',
          private_metadata: '{}',
          submit: title,
          close: title,
          notify_on_close: true,
          blocks: [input, section],
        }),
      ),
    ).toEqual([]);
    expect(validateView({ type: 'home', blocks: [section, { type: 'divider' }] })).toEqual([]);
  });

  it('with something to enter needs a button to send it by, unless it is the Home', () => {
    expect(validateView({ ...modal, blocks: [input] })).toMatchObject([
      { pointer: '/view', code: 'missing_field', message: 'missing required field: submit' },
    ]);
    expect(validateView({ type: 'home', blocks: [input] })).toEqual([]);
  });

  it('has at least one block', () => {
    expect(validateView({ ...modal, blocks: [] })).toMatchObject([{ pointer: '/view/blocks', code: 'too_few' }]);
  });

  it('of no known kind is refused', () => {
    expect(validateView({ ...modal, type: 'dialog' })).toMatchObject([{ pointer: '/view/type', code: 'unknown_type' }]);
    expect(validateView('x')).toMatchObject([{ pointer: '/view', code: 'wrong_type' }]);
  });

  it('takes no block of another surface', () => {
    expect(validateView({ ...modal, blocks: [{ type: 'markdown', text: 'a' }] })).toMatchObject([
      { pointer: '/view/blocks/0/type', code: 'not_allowed_here' },
    ]);
  });
});
