import type { ContainerView } from '../pod-status.ts';

/** Secrets from which the variables of a container come, at most three. */
export function secretsOf({ spec }: ContainerView): readonly string[] {
  const keys = spec.env.flatMap((e) =>
    e.valueFrom?.secretKeyRef === undefined ? [] : [e.valueFrom.secretKeyRef.name],
  );
  const sources = spec.envFrom.flatMap((s) => (s.secretRef === undefined ? [] : [s.secretRef.name]));
  return [...new Set([...keys, ...sources])].filter((name) => name !== '').slice(0, 3);
}
