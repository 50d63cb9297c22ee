import type { Finding } from '@autodevops/domain/finding';

/** What a check says of a container: at least its sentence and the evidence for it. */
export type Told = Partial<Finding> & Pick<Finding, 'cause' | 'evidence'>;
