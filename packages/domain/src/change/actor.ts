import { z } from 'zod';

/** Where somebody asks or decides. `http`: a program with a token of its own. */
export const Surface = z.enum(['cli', 'vscode', 'slack', 'http', 'mcp', 'automation', 'agent']);
export type Surface = z.infer<typeof Surface>;

/** Who asks or decides. `person` is the linked human: two accounts of one person are one. Automations have none. */
export const Actor = z.strictObject({
  kind: z.enum(['person', 'automation', 'agent']),
  account: z
    .string()
    .min(1)
    .describe('the account on its surface: `local:ann`, `slack:T1/U2`, `automation:undo-stuck-rollout`'),
  person: z.string().describe('id of the linked person; empty when none is linked'),
  name: z.string().describe('for people to read'),
  roles: z.array(z.string()),
  surface: Surface,
});
export type Actor = Readonly<z.infer<typeof Actor>>;
