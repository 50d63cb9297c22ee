import { describe, expect, it } from 'vitest';
import { most } from './limits.ts';
import { responseMessages } from './problem.ts';
import { validateMessage } from './validate-message.ts';

const section = (text: string): object => ({ type: 'section', text: { type: 'mrkdwn', text } });

describe('a message', () => {
  it('with text, blocks and metadata is taken', () => {
    expect(
      responseMessages(
        validateMessage({
          text: 'hello',
          blocks: [section('hello')],
          metadata: { event_type: 'task_created', event_payload: { id: '11' } },
        }),
      ),
    ).toEqual([]);
  });

  it('of more letters than Slack takes over all blocks is refused, in characters and not in units', () => {
    const blocks = (letters: number): object[] => Array.from({ length: 5 }, () => section('😀'.repeat(letters / 5)));
    expect(validateMessage({ blocks: blocks(most('messageCharacters')) })).toEqual([]);
    expect(validateMessage({ blocks: [...blocks(most('messageCharacters')), section('x')] })).toMatchObject([
      { pointer: '/blocks', code: 'too_long', constraint: 12_000 },
    ]);
  });

  it('does not count what nobody reads', () => {
    const button = {
      type: 'button',
      text: { type: 'plain_text', text: 'b' },
      value: 'v'.repeat(2000),
      action_id: 'a'.repeat(255),
      url: `https://example.com/${'u'.repeat(2000)}`,
    };
    expect(
      validateMessage({
        blocks: [
          section('x'.repeat(3000)),
          section('x'.repeat(3000)),
          section('x'.repeat(3000)),
          { type: 'actions', elements: [button] },
          section('x'.repeat(2900)),
        ],
      }),
    ).toEqual([]);
  });

  it('has a text of at most 40,000', () => {
    expect(validateMessage({ text: '😀'.repeat(40_000) })).toEqual([]);
    expect(validateMessage({ text: '😀'.repeat(40_001) })).toMatchObject([{ pointer: '/text', code: 'too_long' }]);
    expect(validateMessage({ text: 1 })).toMatchObject([{ pointer: '/text', code: 'wrong_type' }]);
  });

  it('has attachments whose blocks hold the same rules', () => {
    expect(validateMessage({ attachments: [{ color: '#f00', blocks: [section('a')] }, { text: 'old' }] })).toEqual([]);
    expect(validateMessage({ attachments: [{ blocks: [{ type: 'section' }] }] })).toMatchObject([
      { pointer: '/attachments/0/blocks/0' },
    ]);
    expect(validateMessage({ attachments: Array.from({ length: 101 }, () => ({ text: 'a' })) })).toMatchObject([
      { code: 'too_many' },
    ]);
    expect(validateMessage({ attachments: {} })).toMatchObject([{ code: 'wrong_type' }]);
  });

  it('has metadata of a name, an object and a bounded size', () => {
    const sized = (bytes: number): unknown => ({
      event_type: 'a',
      event_payload: { a: 'é'.repeat((bytes - '{"a":""}'.length) / 2) },
    });
    expect(validateMessage({ metadata: sized(8000) })).toEqual([]);
    expect(validateMessage({ metadata: sized(8002) })).toMatchObject([
      { pointer: '/metadata/event_payload', code: 'too_long' },
    ]);
    expect(validateMessage({ metadata: { event_type: 'has blank', event_payload: {} } })).toMatchObject([
      { pointer: '/metadata/event_type' },
    ]);
    expect(validateMessage({ metadata: { event_type: 'a' } })).toMatchObject([{ pointer: '/metadata/event_payload' }]);
    expect(validateMessage({ metadata: 'x' })).toMatchObject([{ pointer: '/metadata' }]);
  });
});
