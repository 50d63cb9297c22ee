import type { CodeEntry } from '@autodevops/domain/finding';

export const duplicateVariable: CodeEntry = {
  code: 'pod.config.duplicate-variable',
  group: 'configuration',
  title: 'Environment variable set twice',
  severity: 'warning',
  means:
    'A container sets the same environment variable twice with different values. The last one counts; the others are without effect, which is rarely meant.',
  recognised:
    'Two entries of env of one container have the same name and different values. Information only while the container is well.',
  nextSteps: ['Remove the entry that is not meant, in the chart or overlay that it comes from.'],
  avoid: ['Do not rely on the order: tools that merge lists change it.'],
};
