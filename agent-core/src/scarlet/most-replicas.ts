/** More pods of one workload than this are not asked for here. */
export const mostReplicas = 100;
