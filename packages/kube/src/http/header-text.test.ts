import { describe, expect, it } from 'vitest';
import { plainAccess } from '../kubeconfig/plain-access.ts';
import { answering } from '../testing/answering-server.ts';
import { createKubeClient } from './client.ts';
import { headerText, isHeaderText } from './header-text.ts';

describe('the name of a user in a header', () => {
  it.each(['ölga@example.com', 'Ã¶lga@example.com', '山田', 'system:serviceaccount:shop:web'])(
    'arrives as "%s", and as nobody else',
    async (user) => {
      const { access, requests } = await answering();
      const client = createKubeClient({
        ...plainAccess('a', access.server.href),
        headers: { 'Impersonate-User': user },
      });
      await client.json({ path: '/version' });
      client.close();
      const sent = String(requests[0]?.headers['impersonate-user']);
      expect(Buffer.from(sent, 'latin1').toString('utf8')).toBe(user);
    },
  );

  it('is not that of another: two names are never written alike', () => {
    expect(headerText('Ã¶')).not.toBe(headerText('ö'));
  });

  it.each([
    ['is empty', ''],
    ['ends the header', 'a\r\nX-Evil: 1'],
    ['holds a zero byte', 'a\0'],
    ['holds a control character of another script', 'a\u0085b'],
    ['would lose a space at its beginning', ' system:admin'],
    ['would lose a tab at its end', 'system:admin\t'],
    ['is half of a character', 'a\ud83d'],
  ])('is not sent where it %s', (_what, text) => {
    expect(isHeaderText(text)).toBe(false);
  });
});
