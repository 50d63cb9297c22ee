import type { Ran } from './run-command.ts';

/** What the tests look at in `diagnose -o json`. */
export interface DiagnosisJson {
  readonly verdict: 'healthy' | 'problem' | 'inconclusive';
  readonly observed: { readonly capturedAt: string };
  readonly blindSpots: readonly { readonly what: string; readonly why: string; readonly remedy: string }[];
  readonly causes: readonly {
    readonly code: string;
    readonly since?: string;
    readonly object: { readonly name: string };
    readonly evidence: readonly { readonly quote: string; readonly time?: string }[];
  }[];
  readonly information: readonly { readonly code: string }[];
}

/** The diagnosis that a run of `diagnose -o json` printed. Throws what it said instead. */
export function diagnosisOf(ran: Ran): DiagnosisJson {
  if (ran.stderr !== '') throw new Error(`it said on stderr: ${ran.stderr}`);
  return JSON.parse(ran.stdout) as DiagnosisJson;
}
