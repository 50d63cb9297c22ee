import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { printable } from '@autodevops/domain/printable';
import type { Look } from '../terminal/look.ts';
import { displayWidth } from '../terminal/width.ts';
import { renderChange, renderChangeList, renderDiff } from './change-text.ts';
import { undoneChange, waitingChange } from './testing/example-change.ts';

const look: Look = { columns: 100, rows: undefined, colour: false, unicode: true };
const now = '2026-01-01T12:00:00Z';
const brief = { everything: false, now };
const lines = [undoneChange, waitingChange].map(({ id, state, updatedAt, plan, decision }) => ({
  id,
  state,
  updatedAt,
  tier: decision?.tier ?? '',
  will: plan.actions.map(({ sentences }) => sentences.will),
}));

const goldens: readonly (readonly [file: string, text: string])[] = [
  ['change-waiting.txt', renderChange(waitingChange, look, brief)],
  ['change-undone-verbose.txt', renderChange(undoneChange, look, { everything: true, now })],
  ['change-undone-narrow.txt', renderChange(undoneChange, { ...look, columns: 48 }, brief)],
  ['change-waiting-colour.txt', renderChange(waitingChange, { ...look, colour: true }, brief)],
  ['change-diff.txt', renderDiff(waitingChange, look)],
  ['change-list.txt', renderChangeList(lines, look, now)],
];

describe('golden files (`vitest run packages/cli -u` writes them)', () => {
  for (const [file, text] of goldens) {
    it(file, async () => {
      await expect(text).toMatchFileSnapshot(fileURLToPath(new URL(`./golden/${file}`, import.meta.url)));
    });
  }
});

describe('a change as text', () => {
  const texts = [
    renderChange(undoneChange, look, { everything: true, now }),
    renderDiff(waitingChange, look),
    renderChangeList(lines, look, now),
  ];

  it('holds nothing that a terminal would obey', () => {
    for (const text of texts) expect(printable(text)).toBe(text);
  });

  it('keeps to its columns', () => {
    for (const columns of [40, 60, 80, 120]) {
      for (const everything of [false, true]) {
        const wide = renderChange(undoneChange, { ...look, columns }, { everything, now })
          .split('\n')
          .filter((line) => displayWidth(line) > columns);
        // The digest is for copying: it is never broken.
        expect(wide.filter((line) => !line.includes('digest '))).toEqual([]);
      }
    }
  });

  it('is pure ASCII where the terminal knows no more', () => {
    expect(renderChange(undoneChange, { ...look, unicode: false }, { everything: true, now })).toMatch(
      /^[\u0000-\u007F]*$/,
    );
  });
});

describe('a change that is behind', () => {
  it('tells as of then what was found when it was planned', () => {
    const [before, after] = [waitingChange, undoneChange].map((change) => renderChange(change, look, brief));
    expect(before).toContain('Reaches 4 objects');
    expect(before).toContain('Two people of sre or owner have to agree.');
    expect(before).not.toContain('As it was found');
    expect(after).toContain('Reached 4 objects');
    expect(after).toContain('Two people of sre or owner had to agree.');
    expect(after).toMatch(/As it was found 12 minutes ago:\n.*Revision 6 is known to work/);
  });
});
