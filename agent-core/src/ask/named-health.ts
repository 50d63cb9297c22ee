import type { AskContext, Reply } from './intent.ts';
import { objectHealth } from './object-health.ts';
import { resolve } from './resolve.ts';
import { everythingWords, scopeHealth } from './scope-health.ts';

/** What there is to say of what a person named: everything, a namespace, or some objects. */
export function namedHealth(context: AskContext, words: string): Reply {
  if (everythingWords.test(words)) return scopeHealth(context);
  const found = resolve(context, words);
  if ('reply' in found) return found.reply;
  const [first] = found.objects;
  if (first.kind === 'Namespace' && found.objects.length === 1) return scopeHealth({ ...context, namespace: first.name });
  return objectHealth(context, found.objects);
}
