import { listed, pluralOf } from '@autodevops/domain/count-words';
import type { BlindSpot } from '@autodevops/domain/diagnosis';
import type { AutoDevOpsError } from '@autodevops/domain/errors';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { remedyIn } from '@autodevops/domain/remedy/remedy';

/** A kind that may not be read everywhere. `readIn`: the namespaces in which it was read; empty: nowhere. */
export interface Denied {
  readonly kind: KindName;
  readonly readIn: readonly string[];
  /** Asked for in these namespaces only; empty: everywhere. */
  readonly askedIn: readonly string[];
}

/** More rules than these are not read by anybody in a sentence. */
const mostRules = 4;

interface Rule {
  readonly group: string;
  readonly resources: readonly string[];
}

function ruleText({ group, resources }: Rule): string {
  return `{apiGroups: ["${group}"], resources: [${resources.map((one) => `"${one}"`).join(', ')}], verbs: ["get", "list", "watch"]}`;
}

function rulesFor(denied: readonly KindName[]): readonly Rule[] {
  const groups = new Map<string, string[]>();
  for (const kind of denied) {
    const { group, plural } = kinds[kind];
    const resources = groups.get(group) ?? [];
    resources.push(plural);
    groups.set(group, resources);
  }
  return [...groups].map(([group, resources]) => ({ group, resources }));
}

function place({ readIn, askedIn }: Denied): string {
  if (readIn.length > 0) {
    return ` outside of ${readIn.length === 1 ? 'namespace' : 'the namespaces'} ${listed(readIn, 5)}`;
  }
  return askedIn.length > 0 ? ` in ${askedIn.length === 1 ? 'namespace' : 'the namespaces'} ${listed(askedIn, 5)}` : '';
}

function spotFor(group: readonly Denied[], asker: string): BlindSpot {
  const [first] = group;
  const names = group.map(({ kind }) => kind);
  const where = first === undefined ? '' : place(first);
  const secrets = names.length === 1 && names[0] === 'Secret';
  const scope =
    first !== undefined && first.askedIn.length > 0 && names.every((kind) => kinds[kind].namespaced)
      ? 'a Role there'
      : 'a ClusterRole';
  const rules = rulesFor(names);
  const file = `deploy/rbac/${secrets ? 'jamie-read-secrets.yaml' : 'jamie-read-only.yaml'}`;
  return {
    what: `${listed(
      names.map((name) => pluralOf(name)),
      6,
    )}${where}`,
    why: `${asker} may not list them${first !== undefined && first.readIn.length > 0 ? ' in every namespace' : ''}.`,
    remedy:
      rules.length > mostRules
        ? `Bind ${scope} with the rules of ${file}: it has exactly these.`
        : `Bind ${scope} with ${rules.map(ruleText).join(' and ')} (from ${file}).`,
  };
}

/** What may not be read, as few blind spots as can say it exactly; each names the rules that would lift it. `asker`: see `askerOf`. */
export function deniedSpots(denied: readonly Denied[], asker: string): readonly BlindSpot[] {
  const groups = new Map<string, Denied[]>();
  for (const one of denied) {
    const key = `${one.kind === 'Secret'}|${one.readIn.join()}|${one.askedIn.join()}`;
    const group = groups.get(key) ?? [];
    group.push(one);
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => spotFor(group, asker));
}

/** Kinds that could not be read although they may be: the API server failed. */
export function failedSpots(
  failed: readonly { readonly kind: string; readonly error: AutoDevOpsError }[],
): readonly BlindSpot[] {
  const groups = new Map<string, { names: string[]; error: AutoDevOpsError }>();
  for (const { kind, error } of failed) {
    // The path is all that differs between the sentences.
    const key = `${error.code} ${error.message.replace(/\/apis?\/\S+/g, '')}`;
    const group = groups.get(key) ?? { names: [], error };
    group.names.push(pluralOf(kind));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ names, error }) => ({
    what: listed(names, 6),
    why: error.message,
    ...remedyIn(error),
  }));
}
