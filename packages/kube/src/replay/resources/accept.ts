import { noRepresentation, notAcceptable } from '../serving/status.ts';

/** What a client may ask for instead of the plain object, as `as=` in Accept. */
export type Transformation = 'PartialObjectMetadata' | 'PartialObjectMetadataList' | 'APIGroupDiscoveryList';

interface Clause {
  readonly media: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

const groupVersions: Readonly<Record<Transformation, string>> = {
  PartialObjectMetadata: 'meta.k8s.io/v1',
  PartialObjectMetadataList: 'meta.k8s.io/v1',
  APIGroupDiscoveryList: 'apidiscovery.k8s.io/v2',
};

function parseClause(text: string): Clause {
  const [media = '', ...rest] = text.split(';').map((part) => part.trim());
  const parameters = new Map(
    rest.map((part): [string, string] => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
  );
  const quality = Number(parameters.get('q') ?? 1);
  return { media: media.toLowerCase(), parameters, quality: Number.isNaN(quality) ? 1 : quality };
}

function isServed(media: string): boolean {
  return media === 'application/json' || media === 'application/*' || media === '*/*';
}

interface Offer {
  readonly transformations: readonly Transformation[];
  readonly ofList: boolean;
}

/**
 * The transformation that the client likes best, undefined for plain JSON. Throws the Status 406 when the client takes
 * nothing that is served.
 */
export function negotiate(accept: string | undefined, offer: Offer): Transformation | undefined {
  if (accept === undefined || accept.trim() === '') return undefined;
  const clauses = accept
    .split(',')
    .map(parseClause)
    .filter((clause) => clause.quality > 0);
  const served = clauses.sort((a, b) => b.quality - a.quality).filter((clause) => isServed(clause.media));
  for (const { parameters } of served) {
    const as = parameters.get('as');
    if (as === undefined) return undefined;
    const asked = `${parameters.get('g')}/${parameters.get('v')}`;
    const found = offer.transformations.find((item) => item === as && groupVersions[item] === asked);
    if (found !== undefined) return found;
  }
  throw served.length > 0 ? notAcceptable() : noRepresentation(offer.ofList);
}
