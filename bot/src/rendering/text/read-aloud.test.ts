import { describe, expect, it } from 'vitest';
import type { KnownBlock } from '@slack/types';
import { button, buttons } from '../blocks/buttons.ts';
import { divider, header, smallPrint } from '../blocks/plain-blocks.ts';
import { tableBlocks } from '../blocks/table-block.ts';
import { seriesBlocks } from '../chart/series-chart.ts';
import { always, message } from '../budget/message.ts';
import { actionIds } from '../action-ids.ts';
import { codePoints } from './code-points.ts';
import { readAloud } from './read-aloud.ts';
import { bold, line, linkTo, list, preformatted, richText, when, words } from './rich-text.ts';

describe('what a message shows, in words', () => {
  it('is every line of it, in order, without its buttons', () => {
    const blocks: readonly KnownBlock[] = [
      header('Web is down'),
      divider,
      ...richText(
        line(bold('Since: '), when('2026-11-30T08:05:00Z')),
        list([line(words('first')), line(linkTo('https://grafana.example/d/1', 'Memory'))]),
        preformatted('one\ntwo', 100),
      ),
      ...tableBlocks({ columns: ['pod', 'restarts'], rows: [['web-1', '4']] }),
      ...seriesBlocks({ title: 'Memory', unit: 'B', labels: ['08:00'], lines: [{ name: 'web', values: [1] }] }),
      ...smallPrint('inc-1'),
      ...buttons(button(actionIds.refreshHome, 'Refresh', 'x')),
    ];
    // The joiner that keeps `:05:` from becoming an emoji is not read.
    expect(readAloud(blocks).replaceAll('\u2060', '').split('\n')).toEqual([
      'Web is down',
      'Since: 2026-11-30 08:05 UTC',
      'first',
      'Memory',
      'one',
      'two',
      'pod, restarts',
      'web-1, 4',
      'Chart: Memory',
      'inc-1',
    ]);
  });

  it('calls nobody and leads nowhere, whatever stands in a message', () => {
    const said = readAloud(richText(line(words('<!channel> <https://evil.example|here>'))));
    expect(said).not.toMatch(/[<>]/);
  });

  it('is cut at a line where it is long, and says so', () => {
    const said = readAloud(richText(...Array.from({ length: 100 }, () => line(words('x'.repeat(99))))));
    expect(codePoints(said)).toBeLessThanOrEqual(3001);
    expect(said.endsWith('x\n…')).toBe(true);
  });
});

describe('the text of a message', () => {
  const said = always(richText(line(words('Two people must agree.'))));

  it('is the sentence for notifications, then all that it shows', () => {
    expect(message('A proposal waits', [said]).text).toBe('A proposal waits\nTwo people must agree.');
  });

  it('says nothing twice where it begins with that sentence', () => {
    expect(message('Two people must agree.', [said]).text).toBe('Two people must agree.');
  });

  it('is that sentence alone where nothing but buttons stands beneath', () => {
    expect(message('Done.', [always(buttons(button(actionIds.refreshHome, 'Refresh', 'x')))]).text).toBe('Done.');
  });
});
