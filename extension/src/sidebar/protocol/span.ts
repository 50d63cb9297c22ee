import * as z from 'zod';

/** A link is an id: what it leads to is known to the host alone, so that a page can ask for nothing else. */
export const LinkId = z.string().regex(/^l-[1-9]\d{0,8}$/);
export type LinkId = z.infer<typeof LinkId>;

/** A piece of text, shown as text; with a link it can be pressed. */
export const Span = z.object({ text: z.string(), link: LinkId.optional() });
export type Span = Readonly<z.infer<typeof Span>>;

export const Line = z.array(Span);
export type Line = readonly Span[];
