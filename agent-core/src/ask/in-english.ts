/** How people whose language is another ask the plainest questions, and the same in English. */
const german: readonly (readonly [RegExp, string])[] = [
  [
    /^warum (?:läuft|geht|startet|funktioniert|kommt|antwortet) (.+?)(?: pods?| container)? nicht(?: mehr| hoch)?$/iu,
    'why is $1 not running',
  ],
  [/^(?:warum|wieso|weshalb) (?:ist|sind) (.+?) (?:so )?langsam$/iu, 'why is $1 slow'],
  [
    /^(?:warum|wieso|weshalb) (?:ist|sind) (.+?) (?:kaputt|down|tot|weg|rot|nicht (?:bereit|ready|da|erreichbar|ok))$/iu,
    'why is $1 failing',
  ],
  [/^(?:warum|wieso|weshalb) (?:crasht|startet|stirbt) (.+?)(?: neu| immer| ständig)*$/iu, 'why is $1 crashing'],
  [/^welche (.+?) (?:sind|laufen) nicht(?: (?:bereit|ready|ok|gesund))?$/iu, 'which $1 are not ready'],
  [/^wie ?viele (.+?) (?:gibt es|laufen|haben wir|sind da)$/iu, 'how many $1 are there'],
  [/^was (?:ist|läuft)(?: hier| gerade)* (?:kaputt|los|falsch|schief)$/iu, 'what is wrong'],
  [/^was hat sich(?: an| bei)?(?: (\S+))? geändert$/iu, 'what changed $1'],
  [/^wer hat (.+?) (?:geändert|deployt|angefasst|ausgerollt|skaliert|gelöscht)$/iu, 'who changed $1'],
  [/^(?:kann|darf|soll) (?:ich|man) (.+?) (?:neu ?starten|restarten|durchstarten)$/iu, 'is it safe to restart $1'],
  [/^(?:zeige?|gib)(?: mir)?(?: mal)? (?:die )?logs? (?:von|vom|für) (.+)$/iu, 'show the logs of $1'],
  [/^(?:ist|geht|läuft) (.+?)(?: (?:gesund|ok|gut|wieder))*$/iu, 'is $1 healthy'],
];

const french: readonly (readonly [RegExp, string])[] = [
  [/^pourquoi (.+?) ne (?:marche|fonctionne|démarre|tourne|répond) (?:pas|plus)$/iu, 'why is $1 not running'],
  [/^pourquoi (.+?) est(?:-(?:il|elle))? (?:si )?lente?$/iu, 'why is $1 slow'],
  [/^pourquoi (.+?) est(?:-(?:il|elle))? (?:en panne|cassée?|down|mort|indisponible)$/iu, 'why is $1 failing'],
  [/^quel(?:le)?s? (.+?) ne sont pas (?:prêt(?:e)?s|ready|ok|disponibles)$/iu, 'which $1 are not ready'],
  [/^combien (?:de |d )?(.+?)(?: (?:y a-t-il|tournent|sont là))?$/iu, 'how many $1 are there'],
  [/^qu ?est-ce qui (?:ne va pas|est cassé|cloche)$/iu, 'what is wrong'],
  [/^qu ?est-ce qui a changé$/iu, 'what changed'],
  [/^qui a (?:changé|modifié|déployé|touché|supprimé) (.+)$/iu, 'who changed $1'],
  [/^(?:puis-je|peut-on|je peux) redémarrer (.+)$/iu, 'is it safe to restart $1'],
  [/^(?:montre|affiche)(?:-moi)? les logs d[eu] (.+)$/iu, 'show the logs of $1'],
];

/** Articles of both, before a name or a word for a kind. */
const articles =
  /(?<![\w-])(?:der|die|das|den|dem|des|le|la|les|l|du|un|une|ein|eine|unser|unsere|mon|ma|mes|notre)(?: |')(?=\S)/giu;

/** A slip of the finger in an English sentence: "ist there a pod". */
const english = /\b(?:the|there|which|what|is|are|does|has)\b/i;

/** One of the plainest questions of another language, in English; undefined where it is none of these. */
export function inEnglish(text: string): string | undefined {
  if (english.test(text)) return undefined;
  const found = [...german, ...french].find(([pattern]) => pattern.test(text));
  if (found === undefined) return undefined;
  return text.replace(found[0], found[1]).replaceAll(articles, '').replaceAll(/\s+/g, ' ').trim();
}
