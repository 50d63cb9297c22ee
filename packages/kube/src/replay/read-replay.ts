/** One answer, read whole, for tests. */
export interface Read {
  readonly code: number;
  readonly headers: Headers;
  readonly text: string;
}

export async function read(url: string, init: RequestInit = {}): Promise<Read> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000), ...init });
  return { code: response.status, headers: response.headers, text: await response.text() };
}

interface ListBody {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: {
    readonly resourceVersion: string;
    readonly continue?: string;
    readonly remainingItemCount?: number;
  };
  readonly items: readonly { readonly kind?: string; readonly metadata: { readonly name: string } }[];
}

export async function readList(url: string, init: RequestInit = {}): Promise<ListBody> {
  return JSON.parse((await read(url, init)).text) as ListBody;
}

export async function readNames(url: string): Promise<readonly string[]> {
  return (await readList(url)).items.map((item) => item.metadata.name);
}

export interface WatchEvent {
  readonly type: string;
  readonly object: {
    readonly kind: string;
    readonly code?: number;
    readonly message?: string;
    readonly metadata: {
      readonly name?: string;
      readonly resourceVersion?: string;
      readonly annotations?: Readonly<Record<string, string>>;
    };
  };
}

/** The events of a watch until it ends. */
export async function readEvents(url: string): Promise<readonly WatchEvent[]> {
  const { text } = await read(url);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as WatchEvent);
}
