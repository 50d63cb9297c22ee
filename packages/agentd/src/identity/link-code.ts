import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { changeSetting } from '@autodevops/agent-core/changes/governing/change-setting';
import type { Person } from '@autodevops/domain/change/person';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { hashOf, isOfHash } from './access-token.ts';
import { linkAccount, linkEntry, refuseTaken } from './link-account.ts';
import type { Asker, LinkStore } from './link-account.ts';

/**
 * How a person gets an account more, on a surface that knows only accounts: where he is known he makes a code, and there
 * he says it. Codes and wrong tries are one setting, so that a try is counted in the write that compares it: of any
 * number at the same moment no more are compared than may be, and one at most succeeds.
 */
const Linking = z.strictObject({
  codes: z.array(z.strictObject({ hash: z.string(), person: z.string(), expiresAt: z.string() })).default([]),
  tries: z
    .array(z.strictObject({ account: z.string(), at: z.string() }))
    .default([])
    .describe('wrong ones'),
});
type Linking = z.infer<typeof Linking>;

const setting = 'account-linking';
/** Without characters that are taken for one another, and without U, so that no word comes of it. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 30^10 are 5.9 × 10^14: with five tries for an account nobody guesses one. */
const codeLength = 10;
const holds = 600_000;
const mostTries = 5;
const mostCodes = 1000;
/** Of wrong tries; the oldest go first. */
const mostRemembered = 5000;

function newCode(): string {
  return Array.from({ length: codeLength }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}

/** As people type it: case, blanks and dashes do not count. */
function meant(code: string): string {
  return code.toUpperCase().replaceAll(/[\s-]/g, '');
}

/** What still counts. Throws `store.corrupt` for what cannot be understood: then no code is good. */
function readLinking(stored: unknown, now: number): Linking {
  const read = Linking.safeParse(stored ?? {});
  if (!read.success) {
    throw new AutoDevOpsError(
      'store.corrupt',
      'What is stored about link codes cannot be read, so none is accepted.',
      'Restore the store from a backup.',
    );
  }
  const { codes, tries } = read.data;
  return {
    codes: codes.filter(({ expiresAt }) => Date.parse(expiresAt) > now),
    tries: tries.filter(({ at }) => Date.parse(at) + holds > now),
  };
}

export interface LinkCode {
  readonly code: string;
  readonly expiresAt: string;
}

/** Makes a person's code, in place of one that he made before. Throws `change.not-allowed` where no person asks. */
export async function makeLinkCode({ people, settings }: LinkStore, asker: Asker): Promise<LinkCode> {
  const { actor, now } = asker;
  const person = await people.byAccount(actor.account);
  if (person === undefined) {
    throw new AutoDevOpsError(
      'change.not-allowed',
      `Nobody is linked to ${actor.account}, so there is nobody to link another account to.`,
      remedy`Let who administers the agent do it: ${{ do: 'add-person', account: actor.account }}`,
    );
  }
  const code = newCode();
  const expiresAt = new Date(now + holds).toISOString();
  const says = `${person.name} made a code to link another account, until ${expiresAt}.`;
  await changeSetting(settings, setting, (stored) => {
    const { codes, tries } = readLinking(stored, now);
    const others = codes.filter((one) => one.person !== person.id);
    if (others.length >= mostCodes) {
      throw new AutoDevOpsError('agent.busy', 'Too many codes wait already.', 'Try again in some minutes.');
    }
    return {
      value: { codes: [...others, { hash: hashOf(code), person: person.id, expiresAt }], tries },
      audit: [linkEntry({ code: 'PPL003', subject: person.id, says }, asker)],
    };
  });
  return { code: `${code.slice(0, codeLength / 2)}-${code.slice(codeLength / 2)}`, expiresAt };
}

/** Uses the code up, or counts a wrong try. Tells whose it was. Throws `agent.busy` for who has tried too often. */
async function useUp({ settings }: LinkStore, code: string, asker: Asker): Promise<string | undefined> {
  const {
    actor: { account, name },
    now,
  } = asker;
  let person: string | undefined;
  await changeSetting(settings, setting, (stored) => {
    const { codes, tries } = readLinking(stored, now);
    if (tries.filter((one) => one.account === account).length >= mostTries) {
      throw new AutoDevOpsError(
        'agent.busy',
        `${account} has tried ${mostTries} codes that are not good.`,
        'Wait ten minutes, then make a new code.',
      );
    }
    const found = codes.filter(({ hash }) => isOfHash(meant(code), hash))[0];
    person = found?.person;
    if (found !== undefined) return { value: { codes: codes.filter((one) => one !== found), tries }, audit: [] };
    const refused = linkEntry(
      { code: 'DNY001', subject: 'link-code', says: `${name} said a link code that is not good.`, success: false },
      asker,
    );
    return {
      value: { codes, tries: [...tries, { account, at: new Date(now).toISOString() }].slice(-mostRemembered) },
      audit: [refused],
    };
  });
  return person;
}

function notGood(): AutoDevOpsError {
  return new AutoDevOpsError(
    'change.not-allowed',
    'The code is not good: it is wrong, was used, or has ended.',
    remedy`Make a new one with ${{ do: 'make-link-code' }}, and say it within ten minutes.`,
  );
}

/**
 * Links the asking account to the person who made the code. Throws `change.not-allowed` for a code that is not good, and
 * for an account that somebody has already; such an account uses no code up.
 */
export async function useLinkCode(store: LinkStore, code: string, asker: Asker): Promise<Person> {
  const {
    actor: { account },
  } = asker;
  await refuseTaken(store, account);
  const id = await useUp(store, code, asker);
  const all = await store.people.list();
  const person = all.find((one) => one.id === id);
  if (person === undefined) throw notGood();
  const says = `${account} was linked to ${person.name} by a code that ${person.name} made.`;
  const entry = { code: 'PPL004' as const, subject: person.id, says, details: { account } };
  const linked = await linkAccount(store, person, { all, asker, entry });
  if (linked === undefined) throw notGood();
  return linked;
}
