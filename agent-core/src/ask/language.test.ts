import { describe, expect, it } from 'vitest';
import { otherLanguage } from './language.ts';

describe('the language of a question', () => {
  it.each([
    ['warum startet der web pod nicht', 'German'],
    ['¿por qué falla la api?', 'Spanish'],
    ['pourquoi le pod ne marche pas', 'French'],
    ['почему падает api', 'Russian or a language near it'],
    ['なぜ api が落ちるのですか', 'Chinese or Japanese'],
  ])('of "%s" is told', (text, language) => {
    expect(otherLanguage(text)).toBe(language);
  });

  it.each([
    'why is web failing',
    'is la-web in namespace de ok',
    'list pods',
    'el-nino',
    '',
    'no pods in prod',
    'who talks to die-api',
  ])('of "%s" is no other', (text) => {
    expect(otherLanguage(text)).toBeUndefined();
  });
});
