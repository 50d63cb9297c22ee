import type { AskContext, Reply } from './intent.ts';
import { causesIn } from './health.ts';
import { counted } from './words.ts';

/** Words that mean all that was looked at. */
export const everythingWords = /^(?:everything|anything|all|it|things|stuff|here|us|this|(?:the|my|our|this) (?:cluster|system|platform|environment)|cluster|prod|production|staging|now|right now)$/i;

function blindNote(context: AskContext): readonly string[] {
  const { length } = context.diagnosis.blindSpots;
  return length === 0 ? [] : [`${counted(length, 'thing')} could not be looked at.`];
}

/** The whole scope: what is wrong, or that nothing is, or that nobody can tell. */
export function scopeHealth(context: AskContext): Reply {
  const { diagnosis, namespace } = context;
  const causes = namespace === undefined ? diagnosis.causes : causesIn(context, namespace);
  const where = namespace === undefined ? 'in the cluster' : `in namespace ${namespace}`;
  const common = { causes: [...causes], lines: [...blindNote(context)], blindSpots: [...diagnosis.blindSpots] };
  if (causes.length > 0) return { ...common, headline: `${counted(causes.length, 'problem')} ${where}.` };
  if (diagnosis.verdict === 'inconclusive') return { ...common, headline: `Nothing wrong was seen ${where}, but not everything could be looked at.` };
  return { ...common, headline: `Nothing is wrong ${where}.` };
}
