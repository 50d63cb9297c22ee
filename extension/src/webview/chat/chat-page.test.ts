import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CardView, CauseView, Part } from '../../sidebar/protocol/part.ts';
import type { Standing } from '../../sidebar/protocol/to-page.ts';
import { pageWindow } from '../testing/page-window.ts';
import type { PageWindow } from '../testing/page-window.ts';
import { ChatPage } from './chat-page.ts';

const standing: Standing = {
  cluster: 'kind-dev',
  says: [{ text: 'Image not found.' }],
  suggestions: [{ text: '/diagnose', link: 'l-1' }],
};
const evil =
  '<img src=x onerror=alert(1)><script>alert(2)</script>[x](command:workbench.action.quit) javascript:alert(3)';

const cause: CauseView = {
  severity: 'critical',
  severityWord: 'Critical',
  headline: [{ text: 'Image not found in ' }, { text: 'Deployment shop/web', link: 'l-2' }],
  about: [{ text: 'pod.image.not-found', link: 'l-3' }],
  facts: ['Service shop/web is served by 2 of 5 pods.'],
  evidence: [{ quote: 'not found', source: [{ text: 'event' }] }],
  symptoms: [],
  symptomsLeft: 0,
  steps: [[{ text: 'Correct the tag.' }]],
  avoid: [],
  fix: 'l-4',
};
const card: CardView = {
  title: [{ text: 'Return it to revision 6.' }],
  titles: {
    card: 'Proposal',
    difference: 'What would differ',
    reach: 'How far it reaches',
    rules: 'Rules that say so',
  },
  tone: 'offered',
  standing: 'The policy asks for one yes.',
  steps: [],
  at: -1,
  difference: [{ path: 'spec.replicas', before: '3', after: '' }],
  differenceLeft: 2,
  reach: ['4 objects in shop'],
  decision: 'The policy asks for one yes.',
  rules: ['level.one (one): it says so'],
  buttons: [
    { button: 'apply', text: 'Apply', primary: true },
    { button: 'difference', text: 'Show Difference', primary: false },
  ],
};
const headline = (text: string): Part => ({ id: 'headline', kind: 'says', tone: 'headline', lines: [[{ text }]] });
const causes = (left = 0): Part => ({ id: 'causes', kind: 'causes', title: '1 cause', causes: [cause], left });

let at: PageWindow;
let page: ChatPage;

beforeEach(() => {
  at = pageWindow();
  page = new ChatPage(at.root, at.desk);
  page.standing(standing);
});
afterEach(async () => {
  await at.close();
});

function asked(...parts: readonly Part[]): void {
  page.hear({ type: 'turn', turn: { id: 1, question: 'what is wrong', time: '', how: 'running', parts: [] } });
  for (const part of parts) page.hear({ type: 'part', turn: 1, part });
}

function text(selector: string): string {
  return at.root.querySelector(selector)?.textContent ?? '';
}

function field(): HTMLTextAreaElement {
  const found = at.root.querySelector('textarea');
  if (found === null) throw new Error('there is no field');
  return found;
}

function key(name: string, more: KeyboardEventInit = {}): void {
  field().dispatchEvent(new window.KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more }));
}

function write(letters: string): void {
  field().focus();
  field().value = letters;
  field().setSelectionRange(letters.length, letters.length);
  field().dispatchEvent(new window.Event('input', { bubbles: true }));
}

describe('before anything is asked the page', () => {
  it('says how the cluster is and what could be asked', () => {
    expect(text('.welcome')).toContain('Image not found.');
    at.press('/diagnose');
    expect(at.sent).toEqual([{ type: 'follow', link: 'l-1' }]);
  });
});

describe('an answer', () => {
  it('grows part by part, each in its place, with what is under way at its end', () => {
    asked(
      { id: 'progress', kind: 'progress', text: 'Reading', done: 0, total: 0 },
      headline('Something is wrong.'),
      causes(),
    );
    expect([...at.root.querySelectorAll<HTMLElement>('.answer > *')].map((one) => one.dataset['part'])).toEqual([
      'headline',
      'causes',
      'progress',
    ]);
    page.hear({ type: 'part', turn: 1, part: headline('Image not found.') });
    expect(text('.says.headline')).toBe('Image not found.');
    page.hear({ type: 'ended', turn: 1, how: 'done', says: 'Answered' });
    expect(at.root.querySelector('progress')).toBeNull();
    expect(at.root.querySelector('.turn')?.getAttribute('aria-busy')).toBe('false');
    expect(text('[role=status].unseen')).toBe('Answered');
  });

  it('leads on: objects, what would help, more of a list', () => {
    asked(causes(4975));
    at.press('Deployment shop/web');
    at.press('Show what would help');
    at.press('Show more (4975 left)');
    expect(at.sent).toEqual([
      { type: 'follow', link: 'l-2' },
      { type: 'follow', link: 'l-4' },
      { type: 'more', turn: 1, part: 'causes' },
    ]);
    page.hear({ type: 'part', turn: 1, part: { ...causes(), id: 'more-1' }, after: 'causes' });
    expect([...at.root.querySelectorAll<HTMLElement>('.answer > *')].map((one) => one.dataset['part'])).toEqual([
      'causes',
      'more-1',
    ]);
    expect(() => at.press('Show more (4975 left)')).toThrow('there is no button');
    expect((document.activeElement as HTMLElement).dataset['part']).toBe('more-1');
  });

  it('is followed by the key that follows links', () => {
    asked(causes());
    const [object] = [...at.root.querySelectorAll<HTMLElement>('[role=link]')].filter(
      ({ textContent }) => textContent === 'Deployment shop/web',
    );
    object?.dispatchEvent(new window.KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    object?.dispatchEvent(new window.KeyboardEvent('keydown', { key: 'x', bubbles: true }));
    expect(at.sent).toEqual([{ type: 'follow', link: 'l-2' }]);
  });

  it('that is drawn anew keeps what was opened, closed and focused', () => {
    asked(causes());
    const [evidence] = at.root.querySelectorAll('details');
    if (evidence === undefined) throw new Error('there is no evidence');
    evidence.open = false;
    [...at.root.querySelectorAll('button')].find((one) => one.textContent === 'Show what would help')?.focus();
    page.hear({ type: 'part', turn: 1, part: causes() });
    expect(at.root.querySelector('details')?.open).toBe(false);
    expect(document.activeElement?.textContent).toBe('Show what would help');
  });

  it('shows text of a cluster as text, wherever it stands', () => {
    const hostile: readonly Part[] = [
      headline(evil),
      {
        id: 'causes',
        kind: 'causes',
        title: evil,
        left: 0,
        causes: [
          {
            ...cause,
            headline: [{ text: evil }, { text: evil, link: 'l-9' }],
            facts: [evil],
            evidence: [{ quote: evil, source: [{ text: evil }] }],
            steps: [[{ text: evil }]],
            avoid: [[{ text: evil }]],
            symptoms: [{ text: evil }],
          },
        ],
      },
      { id: 'facts', kind: 'facts', title: evil, open: true, lines: [[{ text: evil }]] },
      { id: 'table', kind: 'table', title: evil, columns: [evil], rows: [[[{ text: evil }]]], left: 1 },
      { id: 'text', kind: 'text', title: evil, text: evil, links: [] },
      {
        id: 'card',
        kind: 'card',
        card: {
          ...card,
          title: [{ text: evil }],
          standing: evil,
          difference: [{ path: evil, before: evil, after: evil }],
          reach: [evil],
          decision: evil,
          rules: [evil],
        },
      },
      { id: 'choices', kind: 'choices', title: evil, choices: [{ text: evil, link: 'l-9' }] },
      { id: 'progress', kind: 'progress', text: evil, done: 1, total: 2 },
    ];
    asked(...hostile);
    page.hear({
      type: 'history',
      conversations: [{ id: 'cnv-abcdef', title: evil, says: evil, current: false }],
      says: evil,
    });
    page.hear({ type: 'title', title: evil });
    expect(at.root.querySelectorAll('img, script, a, iframe, [onerror], [href], [src]')).toHaveLength(0);
    expect((at.root.textContent ?? '').split('<script>alert(2)</script>').length - 1).toBeGreaterThanOrEqual(20);
  });

  it('can be asked again, edited and copied', () => {
    asked(headline('x'));
    for (const act of ['Ask Again', 'Edit', 'Copy']) at.press(act);
    expect(at.sent).toEqual([
      { type: 'retry', turn: 1 },
      { type: 'edit', turn: 1 },
      { type: 'copy', turn: 1 },
    ]);
    page.hear({ type: 'forget', turn: 1 });
    expect(at.root.querySelector('.turn')).toBeNull();
  });
});

describe('a card', () => {
  it('has what would differ, its reach, the decision with its rules, and its buttons', () => {
    asked({ id: 'fix-1', kind: 'card', card });
    for (const part of [
      'Return it to revision 6.',
      'spec.replicas',
      'before: 3',
      'after: nothing',
      '2 more fields',
      '4 objects in shop',
      'level.one (one): it says so',
    ]) {
      expect(text('.card')).toContain(part);
    }
    at.press('Apply');
    expect(at.sent).toEqual([{ type: 'press', turn: 1, part: 'fix-1', button: 'apply' }]);
  });

  it('shows what is not there any more as one line, and says so to who hears it', () => {
    asked({ id: 'fix-1', kind: 'card', card });
    expect(at.root.querySelector('.difference ins')?.classList.contains('unseen')).toBe(true);
    expect(at.root.querySelector('.difference del')?.classList.contains('unseen')).toBe(false);
  });

  it('that is behind says when it was found how far it reached, by the clock on the wall', () => {
    const reach = 'How far it reached, as was found at 2026-01-07T12:00:00Z';
    asked({ id: 'fix-1', kind: 'card', card: { ...card, titles: { ...card.titles, reach } } });
    expect(at.root.querySelector('.card summary time')?.getAttribute('datetime')).toBe('2026-01-07T12:00:00Z');
  });

  it('keeps open what was opened when what is said of it becomes another', () => {
    asked({ id: 'fix-1', kind: 'card', card });
    const fold = () => at.root.querySelector<HTMLDetailsElement>('details[data-key="fold reach"]');
    const before = fold();
    if (before !== null) before.open = false;
    const titles = { ...card.titles, reach: 'How far it reached' };
    page.hear({ type: 'part', turn: 1, part: { id: 'fix-1', kind: 'card', card: { ...card, titles } } });
    expect(fold()?.textContent).toContain('How far it reached');
    expect(fold()?.open).toBe(false);
  });

  it('whose button is gone once it was pressed keeps whoever works by keys', () => {
    asked({ id: 'fix-1', kind: 'card', card });
    [...at.root.querySelectorAll('button')].find((one) => one.textContent === 'Apply')?.focus();
    page.hear({ type: 'part', turn: 1, part: { id: 'fix-1', kind: 'card', card: { ...card, buttons: [] } } });
    expect((document.activeElement as HTMLElement).dataset['part']).toBe('fix-1');
  });

  it('tells where the change stands, by more than colour', () => {
    asked({
      id: 'fix-1',
      kind: 'card',
      card: { ...card, tone: 'running', steps: ['waits for a yes', 'approved', 'executing'], at: 1 },
    });
    expect(text('.way [aria-current=step]')).toBe('approved');
    expect(at.root.querySelector('.card .standing')?.getAttribute('role')).toBe('status');
  });
});

describe('where one writes', () => {
  it('Enter asks, Shift+Enter does not, an input method keeps its own', () => {
    write('why is web failing?');
    key('Enter', { shiftKey: true });
    key('Enter', { isComposing: true });
    expect(at.sent).toEqual([]);
    key('Enter');
    expect(at.sent).toEqual([{ type: 'ask', text: 'why is web failing?' }]);
    expect(field().value).toBe('');
    key('ArrowUp');
    expect(field().value).toBe('why is web failing?');
  });

  it('a mark brings a list that keys lead, and Enter takes from it', () => {
    write('why #we');
    expect(at.sent.at(-1)).toEqual({ type: 'complete', asked: 1, mark: '#', text: 'we' });
    page.hear({
      type: 'completions',
      asked: 1,
      items: [
        { insert: '#file ', label: '#file', says: '' },
        { insert: '#Deployment/shop/web ', label: '#Deployment/shop/web', says: '' },
      ],
    });
    expect(text('.unseen[role=status]')).toContain('2 suggestions');
    key('ArrowDown');
    expect(field().getAttribute('aria-activedescendant')).toBe('completion-1');
    expect(at.root.querySelector('#completion-1')?.getAttribute('aria-selected')).toBe('true');
    key('Enter');
    expect(field().value).toBe('why #Deployment/shop/web ');
    expect(field().hasAttribute('aria-activedescendant')).toBe(false);
  });

  it('a list that comes too late, or was closed, is none', () => {
    write('/w');
    write('/wh');
    page.hear({ type: 'completions', asked: 1, items: [{ insert: '/why ', label: '/why', says: '' }] });
    expect(at.root.querySelector('#completions')?.hasAttribute('hidden')).toBe(true);
    page.hear({ type: 'completions', asked: 2, items: [{ insert: '/why ', label: '/why', says: '' }] });
    key('Escape');
    key('Enter');
    expect(at.sent.at(-1)).toEqual({ type: 'ask', text: '/wh' });
    page.hear({ type: 'completions', asked: 2, items: [{ insert: '/why ', label: '/why', says: '' }] });
    expect(at.root.querySelector('#completions')?.hasAttribute('hidden')).toBe(true);
  });

  it('a command that is written out is asked by one Enter, though the list names it', () => {
    write('/diagnose');
    page.hear({ type: 'completions', asked: 1, items: [{ insert: '/diagnose ', label: '/diagnose', says: '' }] });
    key('Enter');
    expect(at.sent.at(-1)).toEqual({ type: 'ask', text: '/diagnose' });
  });

  it('what was asked is not kept as being written', () => {
    const kept: string[] = [];
    at.root.addEventListener('change', () => kept.push(page.draft));
    write('why is web failing?');
    key('Enter');
    expect(kept).toEqual(['']);
  });

  it('while Jamie works she can be stopped', () => {
    asked();
    at.press('Stop');
    expect(at.sent).toEqual([{ type: 'stop' }]);
    page.hear({ type: 'ended', turn: 1, how: 'stopped', says: 'Stopped' });
    expect(text('.ended')).toBe('Stopped');
    expect(() => at.press('Stop')).toThrow('there is no button');
  });
});

describe('the history', () => {
  it('is listed, searched and worked by buttons', async () => {
    at.press('History');
    page.hear({
      type: 'history',
      conversations: [{ id: 'cnv-abcdef', title: 'Monday', says: '2 questions', current: true }],
      says: '1 conversation',
    });
    for (const act of ['Rename', 'Export', 'Delete', 'Monday']) at.press(act);
    expect(at.sent).toEqual([
      { type: 'history', words: '' },
      ...(['rename', 'export', 'remove', 'open'] as const).map((type) => ({ type, conversation: 'cnv-abcdef' })),
    ]);
    expect(at.root.querySelector('.history')?.hasAttribute('hidden')).toBe(true);
    at.press('History');
    const search = at.root.querySelector('input');
    if (search === null) throw new Error('there is no search');
    search.value = 'database';
    search.dispatchEvent(new window.Event('input', { bubbles: true }));
    await vi.waitFor(() => expect(at.sent.at(-1)).toEqual({ type: 'history', words: 'database' }));
  });

  it('that is empty says so, and Escape closes it', () => {
    at.press('History');
    page.hear({ type: 'history', conversations: [], says: '0 conversations' });
    expect(text('.history')).toContain('There are no conversations yet.');
    at.root
      .querySelector('.history')
      ?.dispatchEvent(new window.KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(document.activeElement?.getAttribute('aria-label')).toBe('History');
  });
});
