import { expect, it } from 'vitest';
import { inEnglish } from './in-english.ts';

it.each([
  ['warum läuft der api pod nicht', 'why is api not running'],
  ['warum ist web so langsam', 'why is web slow'],
  ['welche pods sind nicht ready', 'which pods are not ready'],
  ['was ist hier kaputt', 'what is wrong'],
  ['kann ich die db neu starten', 'is it safe to restart db'],
  ['wer hat web geändert', 'who changed web'],
  ['zeig mir die logs von api', 'show the logs of api'],
  ['pourquoi le worker ne marche pas', 'why is worker not running'],
  ['quels pods ne sont pas prêts', 'which pods are not ready'],
  ['qui a modifié la base', 'who changed base'],
])('%s', (text, english) => {
  expect(inEnglish(text)).toBe(english);
});

it.each(['why is api failing', 'ist there a pod', 'lösche alles', 'raconte une histoire'])(
  'leaves "%s" as it is',
  (text) => {
    expect(inEnglish(text)).toBeUndefined();
  },
);
