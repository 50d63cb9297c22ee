/** Under this name the API server keeps which fields are ours. */
export const fieldManager = 'autodevops';

/** Holds the id of the change that made an object, or applied it last. */
export const changeAnnotation = 'autodevops.dev/change';
