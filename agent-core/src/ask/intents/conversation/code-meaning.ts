import { counted } from '@autodevops/domain/count-words';
import type { CodeEntry } from '@autodevops/domain/finding';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { catalogue, codesMentioning } from '../../../analyzers/catalogue.ts';
import { exitText } from '../../../reading/pods/crashes/exit-code.ts';
import { nearMatches } from '../../../reading/near-match.ts';
import type { Intent, Reply } from '../../intent.ts';
import { kubernetesWords } from '../../kubernetes-words.ts';
import { remedyLines } from '../../remedy-lines.ts';

/** One entry of the catalogue in sentences. */
function explained(entry: CodeEntry): Reply {
  return {
    headline: `${entry.code}: ${entry.title}.`,
    lines: [
      entry.means,
      `How it is recognised: ${entry.recognised}`,
      ...entry.nextSteps,
      ...entry.avoid.map((text) => `Avoid: ${text}`),
    ],
  };
}

function tableOf(codes: readonly CodeEntry[]): Pick<Reply, 'table'> {
  if (codes.length === 0) return {};
  return { table: { columns: ['code', 'what'], rows: codes.map(({ code, title }) => [code, title]) } };
}

function unknownCode(code: string): Reply {
  const inside = [...catalogue.keys()].filter((known) => known.startsWith(`${code}.`));
  const suggestions = inside.length > 0 ? inside.slice(0, 8) : [...nearMatches(code, catalogue.keys())];
  return { outcome: 'no-such-name', headline: `There is no code "${code}".`, suggestions };
}

function wordReply(word: string): Reply | undefined {
  const known = kubernetesWords.get(word.toLowerCase());
  const found = codesMentioning(word);
  if (known === undefined && found.length === 0) return undefined;
  const codes =
    found.length === 0
      ? []
      : [
          remedy`I tell ${counted(found.length, 'code')} apart that have to do with it; ${{ do: 'explain-code' }} tells more of each.`,
        ];
  return { headline: known ?? `${word} has to do with these.`, ...remedyLines(codes), ...tableOf(found) };
}

/** "exit code 137": what the number says by itself, and the codes that have to do with it. */
function exitReply(number: string): Reply {
  const code = Number(number);
  const found = [...catalogue.values()]
    .filter(({ title, means, recognised }) => new RegExp(`\\b${code}\\b`).test(`${title} ${means} ${recognised}`))
    .slice(0, 12);
  const killed =
    code === 137
      ? ' Mostly the kernel killed the container at its memory limit (the reason is then OOMKilled), or the kubelet after a failing liveness probe or at the end of the grace period.'
      : code === 143
        ? ' The container was asked to end: a rollout, a drain, a failing liveness probe.'
        : '';
  return {
    headline:
      code === 0
        ? 'Exit code 0: the program ended well.'
        : `${exitText({ exitCode: code, signal: undefined }).replace(/^e/, 'E')}.${killed}`,
    ...tableOf(found),
  };
}

/** What does code C mean; what does CrashLoopBackOff mean. */
export const codeMeaning: Intent = {
  name: 'code-meaning',
  example: 'what does pod.image.not-found mean?',
  patterns: [
    /^(?:what (?:is|does|are)|explain|meaning of|why)?(?: an?| the)? ?(?:container )?(?:exit ?code|exit status|exited with|exits with|exit)(?: code)? (?<exit>\d{1,3})(?: mean.*)?$/i,
    /^(?:what (?:does|do|is|are)|explain|describe|define|meaning of|what is the meaning of)(?: the)?(?: code| error| reason| status)? (?<code>[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+)(?: mean.*| code| about| stand for)?$/i,
    /^(?<code>[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+)$/,
    /^(?:what (?:does|do)|explain|define|meaning of|what is the meaning of)(?: the)?(?: code| error| reason| status)? (?<word>[\w-]{4,60})(?: mean.*| stand for)?$/i,
    /^what is (?:an? |the )?(?<word>(?:[A-Z][a-z]+){2,}|OOMKilled|Evicted|[A-Za-z]+BackOff)(?: mean.*)?$/,
  ],
  answer: (caught) => {
    if (caught('exit') !== '') return exitReply(caught('exit'));
    const code = caught('code');
    if (code !== '') {
      const entry = catalogue.get(code.toLowerCase());
      return entry === undefined ? unknownCode(code) : explained(entry);
    }
    return wordReply(caught('word'));
  },
};
