import { describe, expect, it } from 'vitest';
import { blockRules } from '../rules/blocks/block-rules.ts';
import { documentedBlocks } from '../rules/testing/documented-blocks.ts';
import { channelPage, homePage } from './channel-page.ts';
import type { ChannelPage, PageThread } from './channel-page.ts';
import type { PageMessage } from './message-html.ts';

const names = { users: { U1: 'Ann' }, channels: { C1: 'general' }, now: '2026-11-30T12:00:00Z', zone: 'Europe/Vienna' };
const today = String(Date.parse('2026-11-30T08:05:00Z') / 1000);

function said(message: Partial<PageMessage>): PageThread {
  return { root: { ts: `${today}.000100`, author: { name: 'Bot', isApp: true }, text: '', ...message }, replies: [] };
}

function page(threads: readonly PageThread[], more: Partial<ChannelPage> = {}): string {
  return channelPage({
    workspace: 'Acme',
    channel: { name: 'alerts', isPrivate: false, topic: 'what breaks' },
    threads,
    names,
    ...more,
  });
}

describe('a channel', () => {
  it('shows who said what and when, by the clock of the one who looks', () => {
    const html = page([said({ text: 'It broke.', isEdited: true, isPinned: true })]);
    expect(html).toContain('<strong>Bot</strong><span class="app-badge">APP</span><time>9:05 AM</time>');
    expect(html).toContain('It broke.');
    expect(html).toContain('(edited)');
    expect(html).toContain('today');
    expect(html).toContain('Pinned');
  });

  it('shows its thread beside it', () => {
    const thread = { ...said({ text: 'root' }), replies: [said({ text: 'a reply', ts: `${today}.000200` }).root] };
    expect(page([thread])).not.toContain('a reply');
    expect(page([thread])).toContain('1 reply');
    expect(page([thread], { openThread: thread.root.ts })).toContain('a reply');
  });

  it('marks what one person alone sees', () => {
    expect(page([said({ text: 'psst', isOnlyForYou: true })])).toContain('Only visible to you');
  });

  it('shows a picture that was uploaded, with words for who does not see it', () => {
    const html = page([
      said({
        files: [
          {
            name: 'graph.png',
            title: 'What stands around web',
            png: { base64: 'iVBORw0KGgo=', altText: 'web "calls" db' },
          },
        ],
      }),
    ]);
    expect(html).toContain('alt="web &quot;calls&quot; db" src="data:image/png;base64,iVBORw0KGgo="');
  });

  it('has buttons that a test can press', () => {
    const blocks = [
      {
        type: 'actions',
        block_id: 'b1',
        elements: [
          {
            type: 'button',
            action_id: 'approve-change',
            value: 'chg-1',
            style: 'primary',
            text: { type: 'plain_text', text: 'Approve' },
          },
        ],
      },
    ];
    expect(page([said({ blocks })])).toContain(
      `<button type="button" class="button primary" data-action-id="approve-change" data-type="button" data-block-id="b1" data-message-ts="${today}.000100" data-value="chg-1">Approve</button>`,
    );
  });

  it('shows a modal above it, with real fields', () => {
    const view = {
      type: 'modal',
      title: { type: 'plain_text', text: 'Open incident' },
      submit: { type: 'plain_text', text: 'Open' },
      blocks: [
        {
          type: 'input',
          block_id: 'title',
          label: { type: 'plain_text', text: 'What?' },
          element: { type: 'plain_text_input', action_id: 'title', initial_value: 'It broke' },
        },
      ],
    };
    const html = page([], { modal: { id: 'V1', app: 'Bot', view } });
    expect(html).toContain('data-action-id="title"');
    expect(html).toContain('value="It broke"');
    expect(html).toContain('data-submit="V1"');
  });
});

describe('markup', () => {
  it('is shown as Slack shows it', () => {
    const html = page([
      said({
        text: '*bold* _it_ ~old~ `a*b*` <https://a.example|there> <@U1> <#C1> <!channel>\n&gt; quoted\n```x < y```',
      }),
    ]);
    expect(html).toContain(
      '<strong>bold</strong> <em>it</em> <del>old</del> <code>a*b*</code> <a href="https://a.example">there</a>',
    );
    expect(html).toContain(
      '<span class="mention" data-user="U1">@Ann</span> <span class="mention" data-channel="C1">#general</span> <span class="mention call" data-call="channel">@channel</span>',
    );
    expect(html).toContain('<blockquote>quoted</blockquote>');
    expect(html).toContain('<pre>x &lt; y</pre>');
  });

  it('that was escaped calls nobody, and that stands inside of a word formats nothing', () => {
    const html = page([said({ text: '&lt;!channel&gt; snake_case_name 2*3*4 *open' })]);
    expect(html).toContain('&lt;!channel&gt; snake_case_name 2*3*4 *open');
    expect(html).not.toContain('class="mention');
  });

  it('of a page is never taken from a message', () => {
    const attack = '<img src=x onerror=alert(1)>';
    const html = page(
      [
        said({
          text: attack,
          author: { name: attack, isApp: false },
          files: [{ name: attack, title: attack, text: attack }],
          reactions: { [attack]: [attack] },
        }),
        said({
          blocks: [
            {
              type: 'rich_text',
              elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: attack }] }],
            },
            { type: attack },
          ],
        }),
      ],
      { workspace: attack },
    );
    expect(html).not.toContain('<img src=x');
    expect(html).not.toContain('onerror=alert(1)>');
  });

  it('leads to no script', () => {
    expect(page([said({ text: '<javascript:alert(1)|click>' })])).toContain('<a href="#">click</a>');
  });
});

describe('blocks', () => {
  for (const [name, { blocks }] of Object.entries(documentedBlocks)) {
    it(`are drawn: ${name}`, () => {
      const html = page([said({ blocks })]);
      expect(html).not.toContain('class="unknown"');
      expect(html).not.toMatch(/undefined|NaN|\[object/);
    });
  }

  it('of every type that Slack has are known', () => {
    const html = page(Object.keys(blockRules).map((type) => said({ blocks: [{ type }] })));
    expect(html).not.toContain('class="unknown"');
  });

  it('show a time in the words that were asked for', () => {
    const date = (format: string): unknown => ({
      type: 'rich_text',
      elements: [
        { type: 'rich_text_section', elements: [{ type: 'date', timestamp: Number(today) - 86_400, format }] },
      ],
    });
    const html = page([said({ blocks: [date('{date_short_pretty} {time}'), date('{date_num}')] as never })]);
    expect(html).toContain('<time>yesterday 9:05 AM</time>');
    expect(html).toContain('<time>2026-11-29</time>');
  });
});

it('the Home of an app is a page of its own', () => {
  const html = homePage({
    workspace: 'Acme',
    home: {
      id: 'V2',
      app: 'Bot',
      view: { type: 'home', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'My approvals' } }] },
    },
    names,
  });
  expect(html).toContain('<h3>My approvals</h3>');
});
