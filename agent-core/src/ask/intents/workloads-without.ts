import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Intent } from '../intent.ts';
import { lackingReply } from '../lacking-reply.ts';
import { lacks } from '../lacks.ts';
import { kindFromWords } from '../naming/phrase.ts';

const anyWorkload =
  /^(?:workloads?|images?|apps?|applications?|pods?|containers?|things?|objects?|anything|everything|components?|)$/i;

/** Which workloads have no limits, no probes, one replica only, no disruption budget. */
export const workloadsWithout: Intent = {
  name: 'workloads-without',
  example: 'which deployments have no limits?',
  isLoose: true,
  patterns: [
    /^(?:(?:what|which|where) (?:is|are) )?(?:the |our |any |my )*(?<lack>single points? of failure)$/i,
    /^(?:how many|which|what|list|show(?: me)?|find|get|are there(?: any)?|do (?:i|we) have(?: any)?|any|does|is)?(?: all)?(?: the| my| our| any)? ?(?<kind>[a-z]+(?: sets?)?)(?: that)? (?:(?:have|has|having|with|run|runs|running|use|uses|using|mount|mounts|mounting|are|is|do|does|still) )*(?<not>no|not have|not define|not set|not use|without|missing|lacks?|lacking|only|just|the|a|an|:)(?: any| a| an| one of)? ?(?<lack>.+)$/i,
    /^(?:how many|which|what|list|show(?: me)?|find|get|are there(?: any)?|do (?:i|we) have(?: any)?|any|is)(?: all)?(?: the| my| our| any)? (?<kind>[a-z]+(?: sets?)?)(?: that)? (?:(?:have|has|with|run|runs|running|use|uses|using|are|is) )+(?<lack>(?:single|one|1|:?latest|privileged|host ?network|(?:as )?root|not pinned|unpinned|untagged).*)$/i,
    /^(?:do|does|is|are) (?:we|i|you|anything|anybody|anyone|any (?<kind>[a-z]+)) (?:still )?(?:use|uses|using|run|runs|running|have|has)(?: any| an?)? (?<lack>:?latest|(?:as )?root|privileged.*|host ?network|(?:floating|untagged|unpinned).*)(?: anywhere| somewhere| images?| tags?| here)*$/i,
  ],
  answer: (caught, context) => {
    // Of two conditions one alone would be another question.
    if (/ (?:and|but) /i.test(caught('lack'))) return undefined;
    const kind: KindName | undefined = kindFromWords(caught('kind'));
    const isAny = kind === 'Pod' || anyWorkload.test(caught('kind'));
    const positive = /^(?:the|a|an|:)$/i.test(caught('not'));
    const lack = lacks.find(({ words }) => words.test(`${caught('not')} ${caught('lack')}`));
    if (lack === undefined || (kind === undefined && !isAny) || (positive && lack.said.startsWith('no '))) {
      return undefined;
    }
    return lackingReply(context, isAny ? undefined : kind, lack);
  },
};
