import { describe, expect, it } from 'vitest';
import type { Part } from '../protocol/part.ts';
import { Dialogue } from './dialogue.ts';
import { begun, ended, withMore, withPart, withoutPart } from './turns.ts';

const says = (id: string, text = id): Part => ({ id, kind: 'says', tone: 'plain', lines: [[{ text }]] });
const causes = (id: string, left: number): Part => ({ id, kind: 'causes', title: id, causes: [], left });
const ids = ({ parts }: { readonly parts: readonly Part[] }): readonly string[] => parts.map(({ id }) => id);

describe('a turn', () => {
  it('takes a part with a known id in its place, and a new one at its end or where it belongs', () => {
    const turn = [says('a'), says('b')].reduce((one, part) => withPart(one, part), begun(1, 'why?'));
    expect(withPart(turn, says('a', 'new')).parts[0]).toEqual(says('a', 'new'));
    expect(ids(withPart(turn, says('c'), 'a'))).toEqual(['a', 'c', 'b']);
    expect(ids(withPart(turn, says('c'), 'gone'))).toEqual(['a', 'b', 'c']);
    expect(ids(withoutPart(turn, 'a'))).toEqual(['b']);
  });

  it('whose list was shown further says no more that there is more', () => {
    const turn = withMore(withPart(begun(1, 'why?'), causes('causes', 40)), 'causes', causes('more-1', 15));
    expect(turn.parts).toEqual([causes('causes', 0), causes('more-1', 15)]);
  });

  it('that ended has nothing under way', () => {
    const turn = withPart(withPart(begun(1, 'why?'), says('a')), {
      id: 'progress',
      kind: 'progress',
      text: 'x',
      done: 0,
      total: 0,
    });
    expect(ended(turn, 'stopped')).toMatchObject({ how: 'stopped', parts: [{ id: 'a' }] });
  });
});

describe('what is shown of a conversation', () => {
  it('never gives an id twice, and hears nothing of turns that are gone', () => {
    const told: unknown[] = [];
    const dialogue = new Dialogue((message) => void told.push(message.type));
    const first = dialogue.begin('one');
    dialogue.show('Monday', [begun(1, 'then')]);
    dialogue.put(first, says('late'));
    dialogue.end(first, 'done', '');
    expect(dialogue.turns).toMatchObject([{ id: first + 1, question: 'then', parts: [] }]);
    expect(dialogue.begin('two')).toBe(first + 2);
    expect(told).toEqual(['turn', 'conversation', 'turn']);
  });

  it('is a hundred turns at most', () => {
    const dialogue = new Dialogue(() => undefined);
    for (let count = 0; count < 120; count += 1) dialogue.begin(`question ${count}`);
    expect(dialogue.turns).toHaveLength(100);
    expect(dialogue.turns[0]?.question).toBe('question 20');
  });
});
