/** The provider of servers of the Model Context Protocol. */
export const mcpProvider = 'autodevops.agent';
