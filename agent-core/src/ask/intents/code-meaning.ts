import type { CodeEntry } from '@autodevops/domain/finding';
import { catalogue } from '../../analyzers/catalogue.ts';
import { nearMatches } from '../../reading/near-match.ts';
import type { Intent, Reply } from '../intent.ts';
import { counted } from '../words.ts';

/** One entry of the catalogue in sentences. */
export function explained(entry: CodeEntry): Reply {
  return {
    headline: `${entry.code}: ${entry.title}.`,
    lines: [entry.means, `How it is recognised: ${entry.recognised}`, ...entry.nextSteps, ...entry.avoid.map((text) => `Avoid: ${text}`)],
  };
}

/** Codes that a word of Kubernetes' own (CrashLoopBackOff, OOMKilled) may stand for. */
function mentioning(word: string): readonly CodeEntry[] {
  const wanted = word.toLowerCase();
  return [...catalogue.values()].filter((entry) => [entry.title, entry.recognised].some((text) => text.toLowerCase().includes(wanted))).slice(0, 12);
}

function unknownCode(code: string): Reply {
  const inside = [...catalogue.keys()].filter((known) => known.startsWith(`${code}.`));
  const suggestions = inside.length > 0 ? inside.slice(0, 8) : [...nearMatches(code, catalogue.keys())];
  return { outcome: 'no-such-name', headline: `There is no code "${code}".`, suggestions };
}

/** What does code C mean; what does CrashLoopBackOff mean. */
export const codeMeaning: Intent = {
  name: 'code-meaning',
  example: 'what does pod.image.not-found mean?',
  patterns: [
    /^(?:what (?:does|do|is|are)|explain|describe|define|meaning of|what is the meaning of)(?: the)?(?: code| error| reason| status)? (?<code>[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+)(?: mean.*| code| about| stand for)?$/i,
    /^(?<code>[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+)$/,
    /^(?:what (?:does|do)|explain|define|meaning of|what is the meaning of)(?: the)?(?: code| error| reason| status)? (?<word>[\w-]{4,60})(?: mean.*| stand for)?$/i,
    /^what is (?:an? |the )?(?<word>(?:[A-Z][a-z]+){2,}|OOMKilled|Evicted|[A-Za-z]+BackOff)(?: mean.*)?$/,
  ],
  answer: (caught) => {
    const code = caught('code');
    if (code !== '') {
      const entry = catalogue.get(code.toLowerCase());
      return entry === undefined ? unknownCode(code) : explained(entry);
    }
    const word = caught('word');
    const found = mentioning(word);
    if (found.length === 0) return undefined;
    return {
      headline: `${word} can have ${counted(found.length, 'cause')} that I tell apart.`,
      table: { columns: ['code', 'what'], rows: found.map((entry) => [entry.code, entry.title]) },
      lines: ['`autodevops explain CODE` tells more of each.'],
    };
  },
};
