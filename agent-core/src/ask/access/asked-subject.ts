import type { RoleBinding } from '@autodevops/domain/kubernetes/cluster';
import { isSubjectOf, subjectOfUser } from '../../reading/platform/rbac.ts';
import type { AskContext } from '../intent.ts';
import { readPhrase } from '../naming/phrase.ts';
import { resolve } from '../naming/resolve.ts';
import { templatesOf } from '../templates-of.ts';

/** Whose permissions are asked for. */
export interface AskedSubject {
  /** "ServiceAccount shop/default" */
  readonly said: string;
  /** Where it lives; permissions there are meant where no namespace was named. */
  readonly home: string | undefined;
  readonly isIn: (binding: RoleBinding) => boolean;
  readonly notes: readonly string[];
}

const accountWords = '(?:service ?accounts?|sa|accounts?)';
const groupsNote =
  'Which groups a person is in is decided where they log in, and is not recorded in the cluster: a binding of such a group is not counted here.';

function account(namespace: string, name: string, notes: readonly string[] = []): AskedSubject {
  const subject = subjectOfUser(`system:serviceaccount:${namespace}:${name}`);
  return {
    said: `ServiceAccount ${namespace}/${name}`,
    home: namespace,
    isIn: (binding) => isSubjectOf(subject, binding),
    notes,
  };
}

function group(name: string): AskedSubject {
  return {
    said: `Group ${name}`,
    home: undefined,
    isIn: ({ subjects }) => subjects.some((given) => given.kind === 'Group' && given.name === name),
    notes: [],
  };
}

const nobody: AskedSubject = {
  said: 'Nobody in particular (system:anonymous)',
  home: undefined,
  isIn: ({ subjects }) =>
    subjects.some(
      ({ kind, name }) =>
        (kind === 'User' && name === 'system:anonymous') || (kind === 'Group' && name === 'system:unauthenticated'),
    ),
  notes: [],
};

function user(name: string): AskedSubject {
  return {
    said: `User ${name}`,
    home: undefined,
    isIn: ({ subjects }) =>
      subjects.some(
        (given) =>
          (given.kind === 'User' && given.name === name) ||
          (given.kind === 'Group' && given.name === 'system:authenticated'),
      ),
    notes: [groupsNote],
  };
}

/** The accounts of a name: in the namespace that was asked about, or else wherever there is one. */
function accountsCalled(context: AskContext, name: string, namespace: string | undefined): readonly AskedSubject[] {
  const here = namespace ?? context.namespace;
  const all = context.snapshot.list('ServiceAccount').filter(({ metadata }) => metadata.name === name);
  const inside = all.filter(({ metadata }) => metadata.namespace === here);
  return (inside.length > 0 || namespace !== undefined ? inside : all).map(({ metadata }) =>
    account(metadata.namespace, metadata.name),
  );
}

/** The accounts that the pods of a workload run as. */
function accountsOf(context: AskContext, words: string): readonly AskedSubject[] {
  const found = resolve(context, words);
  if ('reply' in found) return [];
  const used = templatesOf(context.snapshot, found.objects).map(({ ref, spec }) => ({
    ref,
    name: spec.serviceAccountName === undefined || spec.serviceAccountName === '' ? 'default' : spec.serviceAccountName,
  }));
  const names = new Map(
    used.map(({ ref, name }) => [
      `${ref.namespace}/${name}`,
      account(ref.namespace, name, [`${ref.kind} ${ref.namespace}/${ref.name} runs as ServiceAccount ${name}.`]),
    ]),
  );
  return [...names.values()];
}

/**
 * Whom the words name: an account ("the default service account", `system:serviceaccount:shop:default`, "the service
 * account of api"), the account of a workload ("api"), a group, a user. Empty where nobody of that name is known.
 */
export function askedSubjects(context: AskContext, words: string): readonly AskedSubject[] {
  const text = words.trim().replace(/^(?:the|our|my|a) /i, '');
  const full = subjectOfUser(text).account;
  if (full !== undefined) return [account(full.namespace, full.name)];
  if (/^(?:system:)?(?:anonymous|unauthenticated)(?: (?:users?|requests?|people|access))?$/i.test(text)) {
    return [nobody];
  }
  const named = /^(?<kind>user|group) (?<name>\S+)$|^(?<name2>\S+) (?<kind2>user|group)$/i.exec(text)?.groups;
  const name = named?.['name'] ?? named?.['name2'];
  if (name !== undefined) {
    return [/^group$/i.test(named?.['kind'] ?? named?.['kind2'] ?? '') ? group(name) : user(name)];
  }
  if (/^system:masters$|^system:(?:authenticated|nodes|serviceaccounts|bootstrappers)/.test(text)) return [group(text)];
  const owner = new RegExp(`^${accountWords} (?:of|for|used by|behind) (?:the )?(?<owner>.+)$`, 'i').exec(text)
    ?.groups?.['owner'];
  if (owner !== undefined) return accountsOf(context, owner);
  const isAccount = new RegExp(`\\b${accountWords}\\b`, 'i').test(text);
  const phrase = readPhrase(text.replace(new RegExp(`(?:^| )${accountWords}(?: |$)`, 'i'), ' ').trim());
  if (phrase === undefined) return [];
  const accounts = accountsCalled(context, phrase.name, phrase.namespace);
  if (isAccount || accounts.length > 0) return accounts;
  return accountsOf(context, text);
}

/** Somebody of whom the cluster itself keeps no list. */
export function asPerson(words: string): AskedSubject | undefined {
  return /^[\w.@-]+$/.test(words) ? user(words) : undefined;
}
