/** Words that only questions in that language have, and that are no names of objects. */
const languages: readonly { readonly name: string; readonly words: RegExp }[] = [
  {
    name: 'German',
    words:
      /(?<![\w-])(?:warum|wieso|weshalb|was|welche[rsn]?|wer|wo|wann|wie|ist|sind|nicht|kein\w*|startet|läuft|laufen|funktioniert|geht|gibt|und|oder|der|die|das|den|dem|ein|eine|viele|bitte|mein\w*|zeige?|lösche|kaputt)(?![\w-])/giu,
  },
  {
    name: 'Spanish',
    words:
      /(?<![\w-])(?:por ?qué|porque|qué|cuál(?:es)?|quién|dónde|cuándo|cómo|cuánt[oa]s|está|están|falla|fallan|funciona|hay|el|la|los|las|un|una|no|del|por favor|muestra|reinicia|borra|mi|mis|en)(?![\w-])/giu,
  },
  {
    name: 'French',
    words:
      /(?<![\w-])(?:pourquoi|quoi|quel(?:le)?s?|qui|où|quand|comment|combien|est|sont|ne|pas|marche|fonctionne|le|la|les|un|une|des|du|y a|montre|redémarre|supprime|mon|mes|dans)(?![\w-])/giu,
  },
  {
    name: 'Portuguese',
    words:
      /(?<![\w-])(?:por ?que|porquê|o que|qual|quais|quem|onde|quando|como|quantos|está|estão|não|falha|funciona|há|os|as|um|uma|do|da|mostre|meu|minha)(?![\w-])/giu,
  },
  {
    name: 'Italian',
    words:
      /(?<![\w-])(?:perch[eé]|cosa|quale|quali|chi|dove|quando|come|quanti|è|sono|non|funziona|il|lo|gli|un|una|del|della|mostra|riavvia|nel)(?![\w-])/giu,
  },
  {
    name: 'Dutch',
    words:
      /(?<![\w-])(?:waarom|wat|welke|wie|waar|wanneer|hoe|hoeveel|zijn|niet|geen|werkt|start|draait|de|het|een|mijn|toon|van)(?![\w-])/giu,
  },
];
const english =
  /\b(?:the|is|are|what|why|which|who|how|where|when|does|do|not|show|list|with|and|of|my|can|there|any|has|have|was|did)\b/gi;
const scripts: readonly { readonly name: string; readonly letters: RegExp }[] = [
  { name: 'Chinese or Japanese', letters: /[\u3040-\u30ff\u3400-\u9fff]/u },
  { name: 'Korean', letters: /\p{Script=Hangul}/u },
  { name: 'Russian or a language near it', letters: /\p{Script=Cyrillic}/u },
  { name: 'Arabic', letters: /\p{Script=Arabic}/u },
  { name: 'Hindi', letters: /\p{Script=Devanagari}/u },
];

/** The language of a question that is not English; undefined where it is, or where nobody can tell. */
export function otherLanguage(text: string): string | undefined {
  const script = scripts.find(({ letters }) => letters.test(text));
  if (script !== undefined) return script.name;
  const counts = languages
    .map(({ name, words }) => ({ name, count: text.match(words)?.length ?? 0 }))
    .toSorted((a, b) => b.count - a.count);
  const [first] = counts;
  const own = text.match(english)?.length ?? 0;
  return first !== undefined && first.count >= 2 && first.count > own ? first.name : undefined;
}
