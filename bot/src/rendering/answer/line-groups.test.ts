import { expect, it } from 'vitest';
import { lettersOf } from '../testing/harmless.ts';
import { answerSample } from '../../testing/diagnosis-samples.ts';
import { answerMessage } from './answer-message.ts';
import { lineGroups } from './line-groups.ts';
import { streamedAnswer } from './streamed-answer.ts';

const lines = ['shop/web, container web:', '  GET / 200', '  ``` <!channel>', 'shop/db, container db:', '  ready'];

it('lines that are quoted stay together between the sentences', () => {
  expect(lineGroups(lines)).toEqual([
    { kind: 'sentence', text: 'shop/web, container web:' },
    { kind: 'quoted', text: 'GET / 200\n``` <!channel>' },
    { kind: 'sentence', text: 'shop/db, container db:' },
    { kind: 'quoted', text: 'ready' },
  ]);
});

it('in a message they keep their lines', () => {
  expect(lettersOf(answerMessage(answerSample({ lines, causes: [] })))).toContain('GET / 200\n``` <!channel>');
});

it('in a stream they stand in a fence that nothing inside closes, and call nobody', () => {
  const { paragraphs } = streamedAnswer(answerSample({ lines, causes: [] }));
  expect(paragraphs[2]).toBe('\n\n````\nGET / 200\n``` <\u2060!channel>\n````');
});
