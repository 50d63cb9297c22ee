import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mrkdwnHtml } from '@autodevops/testkit/slack/page/mrkdwn-html';
import { hostileText } from '../testing/hostile-text.ts';
import { codePoints } from './code-points.ts';
import { mrkdwn, notificationText } from './mrkdwn.ts';
import { shown } from './shown.ts';

const names = { users: {}, channels: {}, now: '2026-11-30T08:00:00Z', zone: 'UTC' };

describe('foreign text in markup', () => {
  it('calls nobody, leads nowhere and formats nothing, and is read as it was written', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const html = mrkdwnHtml(mrkdwn(text, 200), names).html;
        expect(html).not.toMatch(/<(?:a|strong|em|del|code|pre|blockquote|span|time)\b/);
        const read = html
          .replaceAll('<br>', '\n')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&#39;', "'")
          .replaceAll('&amp;', '&');
        expect(read.replaceAll('\u2060', '')).toBe(shown(text, 200).replaceAll('\u2060', ''));
      }),
    );
  });

  it("keeps Slack's three escapes as letters", () => {
    expect(mrkdwn('a < b && c > d &lt;', 100)).toBe('a &lt; b &amp;&amp; c &gt; d &amp;lt;');
  });

  it('is cut before it is escaped, so no escape is cut', () => {
    expect(mrkdwn('<<<<', 3)).toBe('&lt;&lt;…');
  });
});

it('a notification always says something', () => {
  expect(notificationText('  ')).toMatch(/\S/);
  expect(codePoints(notificationText('x'.repeat(1000)))).toBe(400);
});
