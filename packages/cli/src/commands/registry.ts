import type { CommandEntry } from '../command.ts';

/** Every command, in the order in which help shows them. A test compares it with the folder. */
export const registry: readonly CommandEntry[] = [
  { name: 'diagnose', summary: 'What is wrong, why, and what to do: ranked causes with evidence.', load: async () => (await import('./diagnose.ts')).diagnoseCommand },
  { name: 'ask', summary: 'A question in plain words.', load: async () => (await import('./ask.ts')).askCommand },
  { name: 'changes', summary: 'What changed, newest first.', load: async () => (await import('./changes.ts')).changesCommand },
  { name: 'graph', summary: 'Who leans on whom, as text, Mermaid or DOT.', load: async () => (await import('./graph.ts')).graphCommand },
  { name: 'explain', summary: 'What a code means and what to do about it; all codes.', load: async () => (await import('./explain.ts')).explainCommand },
  { name: 'capture', summary: 'Record a cluster, redacted, for `diagnose --from`.', load: async () => (await import('./capture.ts')).captureCommand },
  { name: 'doctor', summary: 'What is missing on this machine, and how to get it.', load: async () => (await import('./doctor.ts')).doctorCommand },
  { name: 'version', summary: 'The version.', load: async () => (await import('./version.ts')).versionCommand },
  { name: 'completion', summary: 'A completion script for bash, zsh, fish or PowerShell.', load: async () => (await import('./completion.ts')).completionCommand },
  { name: 'help', summary: 'This overview, or the help of one command.', load: async () => (await import('./help.ts')).helpCommand },
  { name: '__start', summary: 'What npm start ends in.', load: async () => (await import('./start.ts')).startCommand },
  { name: '__complete', summary: 'Words for completion scripts.', load: async () => (await import('./complete-words.ts')).completeWordsCommand },
];
