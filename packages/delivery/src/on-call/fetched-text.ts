import { readFile, stat } from 'node:fs/promises';
import { AutoDevOpsError } from '@autodevops/domain/errors';

/** A text that others keep, read again when it has changed. */
export interface FetchedText {
  /** Throws `on-call.unknown` where it cannot be had, and was never had. */
  readonly read: (options: { readonly signal: AbortSignal }) => Promise<string>;
}

export interface TextPlace {
  /** For people: what it is called. */
  readonly name: string;
  readonly from: { readonly file: string } | { readonly address: () => Promise<string> };
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const largest = 5_000_000;
/** In milliseconds: until a request has to be answered, and how long an answer is taken as it is. */
const deadline = 10_000;
const freshFor = 60_000;

function lost(name: string, why: string, cause?: unknown): AutoDevOpsError {
  return new AutoDevOpsError(
    'on-call.unknown',
    `${name} cannot be had: ${why}.`,
    'See that its address or file is right, and that this agent may read it.',
    { cause },
  );
}

async function bounded(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.byteLength;
    if (size > largest) throw new RangeError(`it is larger than ${largest} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

interface Had {
  readonly text: string;
  /** By which the sender tells whether it has changed. */
  readonly tag: string;
  readonly at: number;
}

/** No redirects: who is asked is what the configuration says. The address may hold a secret, so no error repeats it. */
async function fetched(address: string, had: Had | undefined, signal: AbortSignal): Promise<Omit<Had, 'at'>> {
  const response = await fetch(address, {
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(deadline)]),
    headers: {
      accept: 'text/calendar',
      'user-agent': 'autodevops',
      ...(had === undefined || had.tag === '' ? {} : { 'if-none-match': had.tag }),
    },
  });
  if (response.status === 304 && had !== undefined) return had;
  if (!response.ok) {
    await response.body?.cancel();
    throw new RangeError(`it is answered with ${response.status}`);
  }
  return { text: await bounded(response), tag: response.headers.get('etag') ?? '' };
}

async function fromFile(file: string, had: Had | undefined): Promise<Omit<Had, 'at'>> {
  const { mtimeMs, size } = await stat(file);
  if (size > largest) throw new RangeError(`it is larger than ${largest} bytes`);
  const tag = `${mtimeMs} ${size}`;
  return had?.tag === tag ? had : { text: await readFile(file, 'utf8'), tag };
}

/** Keeps what was had last: where that is not to be had any more, what is known counts on. */
export function fetchedText({ name, from, now }: TextPlace): FetchedText {
  let had: Had | undefined;
  return {
    read: async ({ signal }) => {
      if (had !== undefined && 'address' in from && now() - had.at < freshFor) return had.text;
      try {
        const next = 'file' in from ? await fromFile(from.file, had) : await fetched(await from.address(), had, signal);
        had = { text: next.text, tag: next.tag, at: now() };
      } catch (error) {
        if (signal.aborted) throw error;
        if (had === undefined) {
          throw error instanceof AutoDevOpsError
            ? error
            : lost(name, error instanceof RangeError ? error.message : 'it does not answer', error);
        }
      }
      return had.text;
    },
  };
}
