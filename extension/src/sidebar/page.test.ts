import { expect, it } from 'vitest';
import { pageHtml } from './page.ts';

it('the document holds nothing that could be run but the script of its nonce', () => {
  const html = pageHtml({
    script: 'https://r.test/chat.js?"><script>alert(1)</script>',
    style: 'https://r.test/chat.css',
    source: 'https://csp.test',
    nonce: 'abc',
    title: '<b>',
    language: 'de',
  });
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).toContain(
    '<script nonce="abc" src="https://r.test/chat.js?&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"></script>',
  );
  expect(html).toContain('<html lang="de">');
});
