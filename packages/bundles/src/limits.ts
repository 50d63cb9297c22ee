/** What a bundle may cost. Beyond these it is refused, or the part that is too large is left out with a sentence. */
export interface Limits {
  /** Files and folders in one bundle. */
  readonly entries: number;
  /** Bytes of one file after decompression. */
  readonly fileBytes: number;
  /** Bytes of everything after decompression. */
  readonly totalBytes: number;
  /** Decompressed bytes per compressed byte, looked at once `ratioFrom` bytes came out. */
  readonly ratio: number;
  readonly ratioFrom: number;
  /** Characters of one object; etcd itself holds none above 1.5 MiB. */
  readonly pieceChars: number;
  /** Characters of one object that only the general (slow) YAML parser can read. */
  readonly slowYamlChars: number;
  /** Objects in one bundle. */
  readonly objects: number;
  /** Levels of lists and maps within one object. */
  readonly depth: number;
  /** Folders within folders. */
  readonly folders: number;
  /** Bytes that are kept of one log, whatever was asked for. */
  readonly logBytes: number;
}

const mebibyte = 2 ** 20;

export const defaultLimits: Limits = {
  entries: 200_000,
  fileBytes: 1024 * mebibyte,
  totalBytes: 4096 * mebibyte,
  ratio: 300,
  ratioFrom: 64 * mebibyte,
  pieceChars: 8 * mebibyte,
  slowYamlChars: mebibyte,
  objects: 1_000_000,
  depth: 256,
  folders: 64,
  logBytes: 256 * 1024,
};
