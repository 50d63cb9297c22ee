import type { KnownObject } from './known-objects.ts';
import { namespaceOf, readManifests } from './reading/manifest.ts';
import { placeOfName } from './reading/field-place.ts';
import type { Manifest } from './reading/manifest.ts';

/** An object of the workspace: what it is, and where its name stands. */
export interface WorkspaceObject extends KnownObject {
  readonly apiVersion: string;
  readonly file: string;
  readonly start: number;
}

/** So many objects of a workspace are held; a folder with more is a generated one. */
const mostObjects = 20_000;

/** As it is held: in which namespace it is depends on the window. */
type Held = Omit<WorkspaceObject, 'namespace'> & Pick<Manifest, 'namespace'>;

/** The parsed document is several times as large as the object: it is read again when the file is opened. */
function heldOf(file: string, manifest: Manifest): Held {
  const { apiVersion, kind, namespace, name, value } = manifest;
  return { apiVersion, kind, namespace, name, value, file, start: placeOfName(manifest).start };
}

/** The manifests of the workspace's files, as they were last read. */
export class WorkspaceManifests {
  readonly #files = new Map<string, readonly Held[]>();
  #count = 0;

  /** What a file holds now. What is no manifest is not held. */
  put(file: string, text: string): readonly Manifest[] {
    const manifests = readManifests(text);
    this.remove(file);
    if (manifests.length === 0 || this.#count + manifests.length > mostObjects) return manifests;
    this.#count += manifests.length;
    this.#files.set(
      file,
      manifests.map((manifest) => heldOf(file, manifest)),
    );
    return manifests;
  }

  remove(file: string): void {
    this.#count -= this.#files.get(file)?.length ?? 0;
    this.#files.delete(file);
  }

  has(file: string): boolean {
    return this.#files.has(file);
  }

  get size(): number {
    return this.#count;
  }

  objects(home: string): readonly WorkspaceObject[] {
    return [...this.#files.values()].flat().map((held) => ({ ...held, namespace: namespaceOf(held, home) }));
  }
}
