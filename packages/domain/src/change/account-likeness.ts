/**
 * Small letters of other alphabets, and small capitals, that look like a Latin one, by the letter that they look like: those of
 * https://www.unicode.org/Public/security/latest/confusables.txt in which names of people are written.
 */
const lookAlikes: Readonly<Record<string, string>> = {
  a: 'аαɑ',
  b: 'ьвƅ',
  c: 'сϲᴄⲥꮯ',
  d: 'ԁ',
  e: 'еҽ',
  g: 'ɡƍց',
  h: 'һհ',
  i: 'іιıɩɪꭵ',
  j: 'јϳ',
  k: 'кκ',
  l: 'ӏǀ',
  m: 'м',
  n: 'пոռ',
  o: 'оοօᴏᴑⲟσ',
  p: 'рρⲣϱ',
  q: 'ԛգզ',
  r: 'гᴦꭇꭈⲅ',
  s: 'ѕƽꜱꮪ',
  t: 'тτ',
  u: 'υսᴜʋꞟ',
  v: 'ѵνᴠꮩ',
  w: 'ѡԝᴡɯաꮃ',
  x: 'хχ',
  y: 'уγүʏɣỿꭚ',
  z: 'ᴢꮓ',
};
const latinOf = new Map(
  Object.entries(lookAlikes).flatMap(([latin, others]) => [...others].map((other) => [other, latin] as const)),
);

/** Marks that change no letter's shape much or cannot be seen. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Mn}\p{Z}]/gu;

/** `ann+test@example.com` is delivered to ann (RFC 5233), and a dot behind a domain's name ends it (RFC 1034, 3.1). */
function withoutAddressing(text: string): string {
  return text.replace(/\+[^@/]*(?=@)/u, '').replace(/(?<!\.)\.+$/u, '');
}

/**
 * What an account looks like to a person, and to services that take two spellings for one: without case, accents,
 * invisible marks, letters of another alphabet, tags of an address and dots behind it. Two accounts that look the same
 * are taken for one wherever two people have to be two; nobody is given rights by it.
 */
export function likenessOf(account: string): string {
  const plain = account.normalize('NFKD').replaceAll(unseen, '').toLowerCase();
  return withoutAddressing([...plain].map((letter) => latinOf.get(letter) ?? letter).join(''));
}
