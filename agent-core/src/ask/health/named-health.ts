import type { AskContext, Reply } from '../intent.ts';
import { kindHealth } from './kind-health.ts';
import { objectHealth } from './object-health.ts';
import { kindFromWords } from '../naming/phrase.ts';
import { resolve } from '../naming/resolve.ts';
import { everythingWords, scopeHealth } from './scope-health.ts';

/** A kind without a name: "my pods", "any of the deployments", "there no pods". */
function kindAlone(words: string): ReturnType<typeof kindFromWords> {
  return kindFromWords(
    words.replace(
      /^(?:(?:the|my|our|a|an|any|all|some|every|each|no|new|more|other|there|of|one|this|that|these|those) )+/i,
      '',
    ),
  );
}

/** "Prod" may be a namespace elsewhere; where it is none, all that can be seen is meant, and the answer says so. */
function everywhere(context: AskContext, words: string): Reply {
  const reply = scopeHealth(context);
  const environment = /(?:prod|production|staging)$/i.exec(words)?.[0];
  return environment === undefined
    ? reply
    : {
        ...reply,
        lines: [`There is no namespace "${environment}": this is about the whole cluster.`, ...(reply.lines ?? [])],
      };
}

/** What there is to say of what a person named: everything, a namespace, a kind, or some objects. */
export function namedHealth(context: AskContext, words: string): Reply {
  const { snapshot } = context;
  const namespace = words.replace(/^(?:the|our|my) /i, '');
  if (snapshot.get('Namespace', '', namespace) !== undefined && everythingWords.test(words)) {
    return scopeHealth({ ...context, namespace });
  }
  if (everythingWords.test(words)) return everywhere(context, words);
  const kind = kindAlone(words);
  if (kind !== undefined) return kindHealth(context, kind);
  const found = resolve(context, words);
  if ('reply' in found) return found.reply;
  const [first] = found.objects;
  if (first.kind === 'Namespace' && found.objects.length === 1) {
    return scopeHealth({ ...context, namespace: first.name });
  }
  return objectHealth(context, found.objects);
}
