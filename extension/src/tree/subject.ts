import { z } from 'zod';

const name = z.string().max(253);

export const ObjectName = z.object({ kind: z.string().min(1).max(100), namespace: name, name: name.min(1) });
export type ObjectName = z.infer<typeof ObjectName>;

/** What a command is called on: by an item of a tree, by a link of the chat, by another extension. Hostile until parsed. */
export const Subject = z.discriminatedUnion('type', [
  z.object({ type: z.literal('cause'), code: z.string().min(1).max(100), object: ObjectName }),
  z.object({ type: z.literal('object'), object: ObjectName }),
  z.object({ type: z.literal('change'), id: z.string().regex(/^chg-[a-z0-9]{6,32}$/) }),
  z.object({ type: z.literal('incident'), id: z.string().regex(/^inc-[a-z0-9]{6,32}$/) }),
  z.object({ type: z.literal('context'), name: z.string().min(1).max(1000) }),
]);
export type Subject = z.infer<typeof Subject>;

const Called = z.union([Subject, z.object({ subject: Subject }).transform(({ subject }) => subject)]);

/** The subject of a command's argument; undefined where it was called from the palette, or on something else. */
export function subjectOf(argument: unknown): Subject | undefined {
  return Called.safeParse(argument).data;
}

/** What of the cluster it is about; undefined for changes, incidents and contexts. */
export function objectOf(subject: Subject | undefined): ObjectName | undefined {
  return subject !== undefined && 'object' in subject ? subject.object : undefined;
}
