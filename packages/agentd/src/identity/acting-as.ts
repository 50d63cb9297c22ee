import type { Surroundings } from '@autodevops/agent-core/changes/surroundings';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { People } from '@autodevops/domain/ports/store';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { z } from 'zod';

/** Names that begin so are of the cluster itself: who could act as one of them could do everything. */
const isOfCluster = (name: string): boolean => name.startsWith('system:');
const Group = z
  .string()
  .min(1)
  .refine((name) => !isOfCluster(name), 'a group of the cluster itself');

export const ActAs = z.strictObject({
  who: z
    .enum(['agent', 'requester'])
    .default('agent')
    .describe(
      'requester: what a person asks for is done as their user of the API server, by impersonation; that is their account `kubernetes:USER`',
    ),
  groups: z
    .record(z.string(), z.array(Group))
    .default({})
    .describe('groups of the API server that a role puts a person into: `operator: [developers]`'),
});
export type ActAs = z.infer<typeof ActAs>;

const accountOfUser = /^kubernetes:(?!system:)(.+)$/;

/** Whether the account names a user of the cluster: who may act as whom is an administrator's to say. */
export function isUserOfCluster(account: string): boolean {
  return account.startsWith('kubernetes:');
}

/**
 * Who acts for a change where people act for themselves. Automations and the agent have no user but the agent's own.
 * Throws `change.not-allowed` for a person whose user is not known: nothing is done in the name of another.
 */
export function actingAs({ who, groups }: ActAs, people: Pick<People, 'byAccount'>): Surroundings['identity'] {
  if (who === 'agent') return undefined;
  return async ({ requester }) => {
    if (requester.kind !== 'person') return undefined;
    const person = await people.byAccount(requester.account);
    const [user] = (person?.accounts ?? []).flatMap((account) => accountOfUser.exec(account)?.[1] ?? []);
    if (person === undefined || user === undefined) {
      throw new AutoDevOpsError(
        'change.not-allowed',
        `${requester.name} has no user of this cluster, and changes are done here as who asks for them.`,
        remedy`Let an administrator link the account kubernetes:USER to the person (${{ do: 'add-person' }}).`,
      );
    }
    return { user, groups: [...new Set(person.roles.flatMap((role) => groups[role] ?? []))].toSorted() };
  };
}
