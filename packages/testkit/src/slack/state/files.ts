/** A file on its way: an address was given, bytes may have come, it may be shared. */
export interface SlackFile {
  readonly id: string;
  readonly team: string;
  readonly app: string;
  readonly user: string;
  readonly name: string;
  readonly announcedBytes: number;
  readonly altText?: string;
  /** Of the address that bytes are sent to. */
  readonly uploadToken: string;
  title: string;
  mimetype: string;
  content?: Buffer;
  completedAt?: number;
  readonly created: number;
  /** Channels it was shared into, with the message's `ts`. */
  readonly shares: Map<string, string[]>;
  isDeleted: boolean;
}

const types: readonly (readonly [RegExp, string])[] = [
  [/\.png$/i, 'image/png'],
  [/\.jpe?g$/i, 'image/jpeg'],
  [/\.gif$/i, 'image/gif'],
  [/\.svg$/i, 'image/svg+xml'],
  [/\.pdf$/i, 'application/pdf'],
  [/\.json$/i, 'application/json'],
];

export function mimetypeOf(name: string): string {
  return types.find(([pattern]) => pattern.test(name))?.[1] ?? 'text/plain';
}

/** As `files.info` has it. What Slack finds out while it processes a file is not there before. */
export function describeFile(file: SlackFile, isProcessed: boolean, base: string): Record<string, unknown> {
  const shares = Object.fromEntries([...file.shares].map(([channel, all]) => [channel, all.map((ts) => ({ ts }))]));
  return {
    id: file.id,
    created: Math.floor(file.created / 1000),
    timestamp: Math.floor(file.created / 1000),
    name: file.name,
    title: file.title,
    user: file.user,
    user_team: file.team,
    size: file.content?.length ?? file.announcedBytes,
    mimetype: isProcessed ? file.mimetype : '',
    filetype: isProcessed ? (file.name.split('.').at(-1) ?? 'text') : '',
    url_private: `${base}/files-pri/${file.team}-${file.id}/${encodeURIComponent(file.name)}`,
    permalink: `${base}/files/${file.user}/${file.id}/${encodeURIComponent(file.name)}`,
    ...(file.altText === undefined ? {} : { alt_txt: file.altText }),
    channels: isProcessed ? [...file.shares.keys()] : [],
    ...(isProcessed && file.shares.size > 0 ? { shares: { public: shares } } : {}),
  };
}
