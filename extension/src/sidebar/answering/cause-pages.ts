import type { Cause } from '@autodevops/domain/diagnosis';
import { t } from '../../language/translate.ts';
import type { LinkBook } from '../links/link-book.ts';
import type { Part } from '../protocol/part.ts';
import { causeView } from './cause-view.ts';

/** So many causes are shown at once; the others when they are asked for, so that a page of thousands stays quick. */
export const causesOfPage = 25;

export type CausesPart = Extract<Part, { readonly kind: 'causes' }>;

/** The causes from there on, as many as one page takes. */
export function causesPart(
  id: string,
  title: string,
  causes: readonly Cause[],
  from: number,
  links: LinkBook,
  withEvidence = true,
): CausesPart {
  const some = causes.slice(from, from + causesOfPage);
  return {
    id,
    kind: 'causes',
    title,
    causes: some.map((cause) => causeView(cause, links, withEvidence)),
    left: causes.length - from - some.length,
  };
}

interface Rest {
  readonly causes: readonly Cause[];
  readonly from: number;
}

/** What was not shown yet of long lists, by the part that it follows. */
export class CausePages {
  readonly #rests = new Map<string, Rest>();
  #made = 0;

  /** The first page of them; what is left is kept for the part. */
  first(
    turn: number,
    id: string,
    title: string,
    causes: readonly Cause[],
    links: LinkBook,
    withEvidence = true,
  ): CausesPart {
    this.#rests.set(`${turn}/${id}`, { causes, from: causesOfPage });
    return causesPart(id, title, causes, 0, links, withEvidence);
  }

  /** The page after the one of this part; undefined where there is none. */
  next(turn: number, id: string, links: LinkBook): CausesPart | undefined {
    const rest = this.#rests.get(`${turn}/${id}`);
    if (rest === undefined || rest.from >= rest.causes.length) return undefined;
    this.#rests.delete(`${turn}/${id}`);
    const part = causesPart(
      `more-${(this.#made += 1)}`,
      t('{0} to {1} of {2}', rest.from + 1, Math.min(rest.from + causesOfPage, rest.causes.length), rest.causes.length),
      rest.causes,
      rest.from,
      links,
    );
    this.#rests.set(`${turn}/${part.id}`, { causes: rest.causes, from: rest.from + causesOfPage });
    return part;
  }

  forget(): void {
    this.#rests.clear();
  }
}
