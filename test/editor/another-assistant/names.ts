/** How the assistant is called in its manifest and in what it registers. */
export const vendor = 'another-assistant';
export const proposeCommand = 'another-assistant.propose';
export const proposeTitle = 'Another Assistant: Mend the Cluster';
