import { parseFieldSelector } from './field-selector.ts';
import { parseLabelSelector } from './label-selector.ts';
import type { RawObject } from '../recording.ts';
import type { Resource } from '../resources/resource.ts';

/** What the selectors of a request choose. */
export interface Selection {
  /** Both selectors as they were given; '' when there is none. */
  readonly text: string;
  readonly matches: (object: RawObject) => boolean;
}

/** Reads `labelSelector` and `fieldSelector`. Throws the Status 400 of the API server for one that it cannot read. */
export function selectionOf(query: URLSearchParams, resource: Resource): Selection {
  const labels = query.get('labelSelector') ?? '';
  const fields = query.get('fieldSelector') ?? '';
  const matchesLabels = parseLabelSelector(labels);
  const matchesFields = parseFieldSelector(fields, resource);
  return {
    text: labels === '' && fields === '' ? '' : JSON.stringify([labels, fields]),
    matches: (object) => matchesLabels(object.metadata.labels ?? {}) && matchesFields(object),
  };
}
