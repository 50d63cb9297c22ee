const suffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * A Kubernetes quantity (`250m`, `1Gi`, `2e3`) as a number of its unit: cores, bytes, pieces. Undefined when it is not
 * one. Format: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(quantity: string | undefined): number | undefined {
  // Under a name like `constructor` a map of amounts has what every object inherits, and no text.
  // No amount is written in more letters, and the pattern's time grows with their square.
  if (typeof quantity !== 'string' || quantity.length > 100) return undefined;
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([numkMGTPE]?|[KMGTPE]i)$/.exec(quantity.trim());
  const factor = match === null ? undefined : suffixes[match[2] ?? ''];
  return match === null || factor === undefined ? undefined : Number(match[1]) * factor;
}

/** Bytes as people write them: `512Mi`, `1.5Gi`. */
export function formatBytes(bytes: number): string {
  for (const [suffix, size] of [
    ['Ti', 2 ** 40],
    ['Gi', 2 ** 30],
    ['Mi', 2 ** 20],
    ['Ki', 2 ** 10],
  ] as const) {
    if (Math.abs(bytes) >= size) return `${Number((bytes / size).toFixed(bytes / size < 10 ? 1 : 0))}${suffix}`;
  }
  return `${bytes}B`;
}

/** Cores as people write them: `250m`, `2`. */
export function formatCores(cores: number): string {
  return Math.abs(cores) < 1 ? `${Math.round(cores * 1000)}m` : `${Number(cores.toFixed(2))}`;
}
