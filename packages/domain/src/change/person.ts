import { z } from 'zod';

/** A human, linked to accounts on surfaces. Approvals count people, not accounts. */
export const Person = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  accounts: z.array(z.string().min(1)),
  roles: z.array(z.string().min(1)),
});
export type Person = Readonly<z.infer<typeof Person>>;

/** The person with one account more. */
export function withAccount(person: Person, account: string): Person {
  return { ...person, accounts: [...new Set([...person.accounts, account])] };
}

/** The person with one account less. */
export function withoutAccount(person: Person, account: string): Person {
  return { ...person, accounts: person.accounts.filter((one) => one !== account) };
}
