import { counted, listed } from '@autodevops/domain/count-words';
import type { Grant } from '../../../reading/platform/rbac.ts';
import { grantsOf, placeOf, rbacNotSeen, subjectTexts, wayOf } from '../../access/granted.ts';
import { verbWords, wantedAccess } from '../../access/wanted-access.ts';
import type { Intent } from '../../intent.ts';

const most = 40;
const wide = / (?:cluster.?wide|everywhere|in (?:all|every|any) namespaces?|across (?:all )?namespaces)$/i;

interface May {
  readonly who: string;
  readonly place: string;
  readonly way: string;
  /** A controller that comes with Kubernetes. */
  readonly isBuiltIn: boolean;
}

function subjectsOf(grant: Grant): readonly May[] {
  const isBuiltIn = grant.binding.metadata.name.startsWith('system:');
  return subjectTexts(grant.binding).map((who) => ({ who, place: placeOf(grant), way: wayOf(grant), isBuiltIn }));
}

/** Who may do something, by roles and bindings. */
export const whoCan: Intent = {
  name: 'who-can',
  example: 'who can delete pods in namespace shop?',
  patterns: [
    new RegExp(
      `^(?:who|(?:which|what|list(?: all)?|show(?: me)?) (?<only>users?|service ?accounts?|accounts?|subjects?|groups?|people|persons?|roles?|sas?))(?: (?:all|else))* (?:that |who )?(?:can|may|could|(?:is|are) (?:allowed|permitted|able|authori[sz]ed) to|(?:has|have) (?:the )?(?:permissions?|rights?) to) (?<verb>${verbWords}) (?<what>.+)$`,
      'i',
    ),
    new RegExp(
      `^(?:can|may|could|is) (?:anyone|anybody|someone|somebody|everyone|everybody)(?: else)? (?:allowed to |able to )?(?<verb>${verbWords}) (?<what>.+)$`,
      'i',
    ),
    /^who has (?<verb>access) to (?<what>.+)$/i,
  ],
  answer: (caught, context) => {
    const wanted = wantedAccess(context.snapshot, caught('verb'), caught('what').replace(wide, ''));
    if (wanted === undefined) return undefined;
    const namespace = wanted.isNamespaced ? (wide.test(caught('what')) ? '' : context.namespace) : '';
    const blind = rbacNotSeen(context, namespace);
    if (blind !== undefined) return blind;
    const where =
      namespace === undefined
        ? ''
        : namespace === ''
          ? wanted.isNamespaced
            ? ' in every namespace'
            : ''
          : ` in namespace ${namespace}`;
    const onlyAccounts = /^(?:service ?)?accounts?$|^sas?$/i.test(caught('only'));
    const found = grantsOf(context, wanted, namespace)
      .flatMap(subjectsOf)
      .filter(({ who }) => !onlyAccounts || who.startsWith('ServiceAccount '));
    const chosen = [...new Set(found.filter(({ isBuiltIn }) => !isBuiltIn).map(({ who }) => who))];
    const builtIn = new Set(found.filter(({ isBuiltIn }) => isBuiltIn).map(({ who }) => who)).size;
    const parts = [
      ...chosen.slice(0, 6),
      ...(chosen.length > 6 ? [`${chosen.length - 6} more`] : []),
      ...(builtIn === 0 ? [] : [counted(builtIn, 'part of Kubernetes itself', 'parts of Kubernetes itself')]),
    ];
    if (parts.length === 0) {
      return {
        headline: `${onlyAccounts ? 'No service account' : 'Nobody'} may ${wanted.said}${where}, by the roles and bindings that are here.`,
      };
    }
    const rows = found
      .toSorted((a, b) => Number(a.isBuiltIn) - Number(b.isBuiltIn))
      .slice(0, most)
      .map(({ who, place, way }) => [who, place, way]);
    const lines = found.length > most ? [`${found.length - most} more are left out.`] : [];
    return {
      headline: `${listed(parts, 8)} may ${wanted.said}${where}.`,
      table: { columns: ['who', 'where', 'by'], rows },
      lines,
    };
  },
};
