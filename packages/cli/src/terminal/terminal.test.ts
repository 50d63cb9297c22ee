import { describe, expect, it } from 'vitest';
import { lookFor } from './look.ts';
import type { TerminalFacts } from './look.ts';
import { plainAscii } from './paint.ts';
import { progressLine } from './progress-line.ts';
import { table } from './table.ts';
import { cutTo, displayWidth, padTo } from './width.ts';
import { hang, wrap } from './wrap.ts';

function facts(changed: Partial<TerminalFacts>): TerminalFacts {
  return { isTTY: true, columns: 100, rows: 30, env: { LANG: 'en_US.UTF-8' }, platform: 'linux', ...changed };
}

describe('the look of a stream', () => {
  it('has colours on a terminal only', () => {
    expect(lookFor(facts({})).colour).toBe(true);
    expect(lookFor(facts({ isTTY: false })).colour).toBe(false);
    expect(lookFor(facts({ env: { TERM: 'dumb' } })).colour).toBe(false);
  });

  it('obeys NO_COLOR, FORCE_COLOR and, before both, a flag', () => {
    expect(lookFor(facts({ env: { NO_COLOR: '1' } })).colour).toBe(false);
    expect(lookFor(facts({ env: { NO_COLOR: '' } })).colour).toBe(true);
    expect(lookFor(facts({ isTTY: false, env: { FORCE_COLOR: '1' } })).colour).toBe(true);
    expect(lookFor(facts({ env: { FORCE_COLOR: '0' } })).colour).toBe(false);
    expect(lookFor(facts({ env: { FORCE_COLOR: '1' } }), false).colour).toBe(false);
    expect(lookFor(facts({ env: { NO_COLOR: '1' } }), true).colour).toBe(true);
  });

  it('takes its width from COLUMNS, the terminal, or a page', () => {
    expect(lookFor(facts({ env: { COLUMNS: '72' } })).columns).toBe(72);
    expect(lookFor(facts({})).columns).toBe(100);
    expect(lookFor(facts({ columns: undefined })).columns).toBe(100);
    expect(lookFor(facts({ columns: 400 })).columns).toBe(120);
    expect(lookFor(facts({ columns: 5 })).columns).toBe(40);
  });

  it('falls back to ASCII in dumb terminals, old Windows consoles and other locales', () => {
    expect(lookFor(facts({})).unicode).toBe(true);
    expect(lookFor(facts({ env: { TERM: 'dumb' } })).unicode).toBe(false);
    expect(lookFor(facts({ env: { LANG: 'C' } })).unicode).toBe(false);
    expect(lookFor(facts({ env: {}, platform: 'win32' })).unicode).toBe(false);
    expect(lookFor(facts({ env: { WT_SESSION: 'x' }, platform: 'win32' })).unicode).toBe(true);
  });

  it('has no screen to fill in a pipe', () => {
    expect(lookFor(facts({ isTTY: false })).rows).toBeUndefined();
  });
});

describe('widths', () => {
  it('counts columns, not characters', () => {
    expect(displayWidth('web')).toBe(3);
    expect(displayWidth('名前')).toBe(4);
    expect(displayWidth('🚀')).toBe(2);
    expect(displayWidth('e\u0301')).toBe(1);
    expect(displayWidth('\u001B[31mred\u001B[39m')).toBe(3);
    expect(displayWidth('👩‍🚀')).toBe(2);
  });

  it('cuts and pads to columns', () => {
    expect(cutTo('名前空間', 5)).toBe('名前…');
    expect(padTo('名', 4)).toBe('名  ');
  });

  it('wraps at spaces, and within words that are too long', () => {
    expect(wrap('aaa bbb ccc ddd', 11)).toEqual(['aaa bbb ccc', 'ddd']);
    expect(wrap('a'.repeat(25), 10)).toEqual(['a'.repeat(10), 'a'.repeat(10), 'a'.repeat(5)]);
    expect(wrap('one\ntwo', 20)).toEqual(['one', 'two']);
  });

  it('keeps a command together that a line has room for', () => {
    expect(wrap('Look first: `kubectl get pods -n a`, then go on', 26)).toEqual([
      'Look first:',
      '`kubectl get pods -n a`,',
      'then go on',
    ]);
    expect(wrap('`one two three four`', 10)).toEqual(['`one two', 'three', 'four`']);
    expect(wrap('a lone ` is a letter like others', 12)).toEqual(['a lone ` is', 'a letter', 'like others']);
  });

  it('hangs text under its label', () => {
    expect(hang('-> ', 'aaaa bbbb cccc dddd', 14)).toEqual(['-> aaaa bbbb', '   cccc dddd']);
  });
});

it('shows in ASCII what is not', () => {
  expect(plainAscii('1.4 → 1.5 … “x”')).toBe('1.4 -> 1.5 ... "x"');
  expect(plainAscii('名')).toBe('\\u{540d}');
});

it('tables keep to the width, and wrap their last column', () => {
  const look = { columns: 40, rows: undefined, colour: false, unicode: true };
  const lines = table(
    look,
    ['name', 'what'],
    [['a-rather-long-name-of-an-object', 'a sentence that says what happened to it']],
  );
  expect(lines.every((line) => displayWidth(line) <= 40)).toBe(true);
  expect(lines.join(' ').replaceAll(/\s+/g, ' ')).toContain('happened to it');
});

describe('progress', () => {
  function drawn(isTTY: boolean): string {
    let text = '';
    let time = 0;
    const line = progressLine({ write: (part) => (text += part), isTTY, columns: 40 }, () => (time += 100));
    for (let done = 0; done < 10; done += 1) line.show({ step: 'pods\u001B[2J', done, total: 10 });
    line.clear();
    return text;
  }

  it('redraws one line on a terminal, takes it away, and passes no escape on', () => {
    const text = drawn(true);
    expect(text).toContain('Reading pods\\x1b[2J 9 of 10');
    expect(text.endsWith('\r\u001B[2K')).toBe(true);
  });

  it('is silent elsewhere', () => {
    expect(drawn(false)).toBe('');
  });
});
