import { counted, listed } from '@autodevops/domain/count-words';
import { grants } from '../../../reading/platform/rbac.ts';
import { askedSubjects, asPerson } from '../../access/asked-subject.ts';
import { placeOf, rbacNotSeen, subjectTexts, wayOf } from '../../access/granted.ts';
import { ruleText } from '../../fields/access-fields.ts';
import type { AskContext, Intent, Reply } from '../../intent.ts';

const most = 40;

/** What a subject may do: every rule of every role that is bound to it. */
function ofSubject(context: AskContext, words: string): Reply | undefined {
  const known = askedSubjects(context, words);
  const [subject] = known.length > 0 ? known : [asPerson(words)];
  if (subject === undefined) return undefined;
  const own = grants(context.snapshot).filter(({ binding }) => subject.isIn(binding));
  if (own.length === 0) {
    return { headline: `${subject.said} may do nothing: no role is bound to it.`, lines: [...subject.notes] };
  }
  const rows = own.flatMap((grant) =>
    (grant.role?.rules ?? []).map((rule) => [placeOf(grant), ruleText(rule), wayOf(grant)]),
  );
  const roles = [...new Set(own.map(({ binding }) => `${binding.roleRef.kind} ${binding.roleRef.name}`))];
  const others = known.slice(1).map(({ said }) => `There is also ${said}.`);
  const lines = [
    ...subject.notes,
    ...others,
    ...(rows.length > most ? [`${rows.length - most} more rules are left out.`] : []),
  ];
  return {
    headline: `${subject.said} has ${listed(roles)}: ${counted(rows.length, 'rule')}.`,
    table: { columns: ['where', 'may', 'by'], rows: rows.slice(0, most) },
    lines,
  };
}

/** What a role allows; undefined where there is no role of that name. */
function rulesOf(context: AskContext, name: string): Reply | undefined {
  const roles = (['ClusterRole', 'Role'] as const).flatMap((kind) =>
    context.snapshot
      .list(kind)
      .filter(({ metadata }) => metadata.name === name)
      .map((role) => ({ kind, role })),
  );
  const rows = roles.flatMap(({ kind, role }) =>
    role.rules.map((rule) => [`${kind} ${role.metadata.name}`, ruleText(rule)]),
  );
  if (roles.length === 0) return undefined;
  const said = rows.map(([, text = '']) => text);
  return {
    headline:
      rows.length === 0
        ? `The role "${name}" allows nothing: it has no rules.`
        : `The role "${name}" allows to ${listed(said, 3)}.`,
    table: { columns: ['role', 'may'], rows: rows.slice(0, most) },
  };
}

/** Whom a role is bound to; undefined where there is no role of that name. */
function ofRole(context: AskContext, name: string, only: string): Reply | undefined {
  const isRole = [...context.snapshot.list('ClusterRole'), ...context.snapshot.list('Role')].some(
    ({ metadata }) => metadata.name === name,
  );
  if (!isRole) return undefined;
  const bound = grants(context.snapshot).filter(({ binding }) => binding.roleRef.name === name);
  const rows = bound.flatMap((grant) => subjectTexts(grant.binding).map((who) => [who, placeOf(grant), wayOf(grant)]));
  const kind = /account|^sas?$/i.test(only)
    ? 'ServiceAccount'
    : /group/i.test(only)
      ? 'Group'
      : /user|people/i.test(only)
        ? 'User'
        : '';
  const wanted = rows.filter(([who = '']) => who.startsWith(kind));
  const role = `role "${name}"`;
  if (rows.length === 0) {
    return {
      headline: `Nobody has the ${role}: ${bound.length === 0 ? 'no binding names it' : 'its bindings have no subjects'}.`,
    };
  }
  const table = { columns: ['who', 'where', 'by'], rows: rows.slice(0, most) };
  if (wanted.length === 0) {
    return {
      headline: `No ${kind} has the ${role}; ${listed(rows.map(([who = '']) => who))} ${rows.length === 1 ? 'has' : 'have'} it.`,
      table,
    };
  }
  return {
    headline: `${listed([...new Set(wanted.map(([who = '', place = '']) => `${who} (${place})`))])} ${wanted.length === 1 ? 'has' : 'have'} the ${role}.`,
    table,
  };
}

/** What somebody may do; who has a role. */
export const permissionsOf: Intent = {
  name: 'permissions-of',
  example: 'what may the service account of api do?',
  patterns: [
    /^what (?:can|may|could|is|are) (?<subject>.+?) (?:(?:allowed|permitted|able) to )?(?:do|access)(?: here| in this cluster)?$/i,
    /^(?:what|which) (?:rbac )?(?:permissions?|rights|access|(?:cluster ?)?roles?) (?:does|do|has|have|are bound to|is bound to|are given to|are granted to) (?<subject>.+?)(?: (?:have|has|got|hold))?$/i,
    /^(?:show(?: me)? |list |what (?:is|are) )?(?:the )?(?:rbac )?(?:permissions?|rights|access rights) (?:of|for) (?<subject>.+)$/i,
    /^(?:does|do|has|have) (?<subject>.+?) (?:have |has )?(?:any |some )?(?:permissions?|rights|access|roles?)(?: at all| here)?$/i,
    /^(?:what|which \w+|list (?:everything|all|what)|show(?: me)? (?:everything|all|what))(?: (?:does|do|that))? (?:the )?(?:cluster ?role |role )?(?<allowing>[\w:.-]+?)(?: (?:cluster ?)?role)? (?:allows?|grants?|permits?|gives?)$/i,
    /^(?:who|what|which (?<only>[a-z ]+?)) (?:is|are|has|have|holds?|gets?) (?:the )?(?:bound to |given |granted |assigned )?(?:the )?(?:cluster ?role |role )?(?<role>[\w:.-]+)(?: (?:role|rights|permissions))?$/i,
  ],
  answer: (caught, context) => {
    if (caught('allowing') !== '') return rulesOf(context, caught('allowing'));
    const isSubject = caught('subject') !== '';
    if (isSubject && /^(?:you|i|we|it|this|that|jamie|scarlet)$/i.test(caught('subject'))) return undefined;
    const reply = isSubject ? ofSubject(context, caught('subject')) : ofRole(context, caught('role'), caught('only'));
    return reply === undefined ? undefined : (rbacNotSeen(context, undefined) ?? reply);
  },
};
